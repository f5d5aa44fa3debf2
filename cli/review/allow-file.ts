import { readFile } from "node:fs/promises";
import { Failure } from "../failure";

/** The addresses that a file of lines `<environment> <address>` lets through for one environment. */
export async function allowedIn(file: string, environment: string): Promise<string[]> {
  const lines = await linesOf(file);
  return lines.flatMap(({ words, number }) => {
    const [, name, address] = /^(\S+)\s+(\S.*)$/.exec(words) ?? [];
    if (!name || !address) throw new Failure(`${file}, line ${number}: not <environment> <address>.`, 64);
    return name === environment ? [address] : [];
  });
}

/** The resource types of an adopter's own, a line each, that the review lets through. */
export async function typesIn(file: string): Promise<string[]> {
  const lines = await linesOf(file);
  return lines.map(({ words, number }) => {
    if (!/^[a-z][a-z0-9_]*$/.test(words)) {
      throw new Failure(`${file}, line ${number}: ${words} is no resource type such as aws_route53_record.`, 64);
    }
    return words;
  });
}

async function linesOf(file: string): Promise<{ readonly words: string; readonly number: number }[]> {
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file} cannot be read (${error.code}).`, 64);
  });
  return linesIn(text);
}

/** The lines of such a file, without what follows a #. */
export function linesIn(text: string): { readonly words: string; readonly number: number }[] {
  return text.split("\n").flatMap((line, index) => {
    const words = line.replace(/(?:^|\s)#.*/, "").trim();
    return words === "" ? [] : [{ words, number: index + 1 }];
  });
}
