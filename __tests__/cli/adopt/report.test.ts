import { transformSync } from "esbuild";
import { nextSteps } from "../../../cli/adopt/report";

/** A file that has the lines that are printed, as they are, of all these environments. */
function fileWith(environments: readonly string[]): string {
  const printed = environments.map((each) => nextSteps(each).split("\n"));
  const lineOf = (start: string) =>
    printed.map((lines) => lines.find((line) => line.startsWith(start))?.slice(start.length));
  const imports = lineOf("  import ").map((line) => `import ${line}`);
  return `${imports.join("\n")}\nconst project = { environments: { ${lineOf("  …  ").join("\n")} } };\nexport default project;\n`;
}

it("what is printed for environments.ts parses, whatever the environments are called", () => {
  const names = ["prod", "new", "class", "await", "project", "eu-west", "euwest", "a-1", "a1", "a-b"];
  const { code } = transformSync(fileWith(names), { loader: "ts" });
  for (const name of names) expect(code).toContain(`./adopted/${name}"`);
  // esbuild says nothing of an import that is there twice.
  const imported = code.match(/(?<=^import )\w+/gm) ?? [];
  expect([...new Set(imported)]).toHaveLength(names.length);
});
