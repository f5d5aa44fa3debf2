import { readFile } from "node:fs/promises";

/** The code block of a page that begins with this line. Throws an Error where the page has none. */
export async function codeBlock(page: string, firstLine: string): Promise<string> {
  const blocks = (await readFile(page, "utf8")).matchAll(/^```\w*\n(.*?)^```$/gms);
  for (const [, code = ""] of blocks) if (code.startsWith(`${firstLine}\n`)) return code;
  throw new Error(`${page} has no code block that begins with ${firstLine}`);
}
