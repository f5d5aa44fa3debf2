import { readFileSync } from "node:fs";

/** The Mermaid diagram of a page that begins with this word: its lines, without indentation. Throws where there is not exactly one. */
export function diagramIn(page: string, kind: string): string[] {
  const found = [...readFileSync(page, "utf8").matchAll(/^```mermaid\n(.*?)^```$/gms)]
    .map(([, code = ""]) => code.split("\n").map((line) => line.trim()))
    .filter(([first = ""]) => first.split(" ")[0] === kind);
  if (found.length !== 1 || !found[0]) throw new Error(`${found.length} diagrams ${kind} in ${page}`);
  return found[0];
}

/** The edges of a flowchart, by the names of its nodes: `a --> b & c` is two. */
export function edgesOf(lines: readonly string[]): Array<[from: string, to: string]> {
  const names = (side: string) => side.split(" & ").map((node) => /^\w+/.exec(node.trim())?.[0] ?? node);
  return lines.flatMap((line) => {
    const [, from, to] = /^(.+?) --(?:> | .+ --> )(.+)$/.exec(line) ?? [];
    if (from === undefined || to === undefined) return [];
    return names(from).flatMap((one) => names(to).map((other): [string, string] => [one, other]));
  });
}
