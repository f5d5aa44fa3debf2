import { readFile } from "node:fs/promises";

/**
 * A page with what is made of it: what stands between `<!-- <mark> -->` and `<!-- end of <mark's first word> -->`. A page that is missing, or has
 * no place for it, is left as it is.
 */
export async function page(file: string, mark: string, made: string): Promise<Array<[string, Buffer]>> {
  const text = await readFile(file, "utf8").catch(() => "");
  const first = `<!-- ${mark} -->`;
  const [begin, end] = [text.indexOf(first), text.indexOf(`<!-- end of ${mark.split(":")[0]} -->`)];
  if (begin === -1 || end < begin) return [];
  return [[file, Buffer.from(`${text.slice(0, begin)}${first}\n\n${made}\n\n${text.slice(end)}`)]];
}

/** A table of Markdown. */
export function table(head: readonly string[], rows: ReadonlyArray<readonly string[]>): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
