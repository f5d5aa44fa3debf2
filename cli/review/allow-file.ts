import { readFile } from "node:fs/promises";
import { Failure } from "../failure";

/** The addresses that a file of lines `<environment> <address>` lets through for one environment. */
export async function allowedIn(file: string, environment: string): Promise<string[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file} cannot be read (${error.code}).`, 64);
  });
  return text.split("\n").flatMap((line, index) => {
    const words = line.replace(/(?:^|\s)#.*/, "").trim();
    if (words === "") return [];
    const [, name, address] = /^(\S+)\s+(\S.*)$/.exec(words) ?? [];
    if (!name || !address) throw new Failure(`${file}, line ${index + 1}: not <environment> <address>.`, 64);
    return name === environment ? [address] : [];
  });
}
