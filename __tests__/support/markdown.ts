/**
 * The tables of a Markdown text as GitHub reads them ("Tables (extension)", GitHub Flavored Markdown specification):
 * rows of cells, the head first. Throws where GitHub would show something else than a table, or lose a cell.
 */
export function tablesOf(markdown: string): string[][][] {
  const blocks = markdown
    .trim()
    .split(/\n\s*\n/)
    .map((block) => block.split("\n"));
  return blocks
    .filter((lines) => lines.some((line) => line.startsWith("|")))
    .map((lines) => {
      const [head = "", delimiters = "", ...rows] = lines;
      const width = cellsOf(head).length;
      if (!/^\|(?: :?-{3,}:? \|)+$/.test(delimiters)) throw new Error(`no row of delimiters: ${delimiters}`);
      for (const line of [delimiters, ...rows]) {
        if (cellsOf(line).length !== width) throw new Error(`${cellsOf(line).length} cells, not ${width}: ${line}`);
      }
      return [head, ...rows].map(cellsOf);
    });
}

/** The cells of a row. A backslash in front of a pipe keeps it from ending a cell, and goes. */
function cellsOf(line: string): string[] {
  if (!line.startsWith("| ") || !line.endsWith(" |")) throw new Error(`no row of a table: ${line}`);
  // GitHub's parsers differ in what they make of `\\|`: it must not come up.
  if (/(?<!\\)(?:\\\\)+\|/.test(line)) throw new Error(`an even number of backslashes in front of a pipe: ${line}`);
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll("\\|", "|"));
}

/** The text of a code span, as CommonMark reads it. Throws where a cell is not one code span. */
export function codeIn(cell: string): string {
  const [, fence = "", inner = ""] = /^(`+)(.+?)\1$/.exec(cell) ?? [];
  const runs = [...inner.matchAll(/`+/g)].map(([run]) => run);
  if (fence === "" || runs.includes(fence)) throw new Error(`not one code span: ${cell}`);
  return inner.startsWith(" ") && inner.endsWith(" ") && inner.trim() !== "" ? inner.slice(1, -1) : inner;
}
