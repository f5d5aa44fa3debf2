import { readFileSync } from "node:fs";
import ts from "typescript";
import { tablesOf } from "../support/markdown";

const page = readFileSync("docs/security.md", "utf8");
const rows = tablesOf(page).flatMap(([, ...table]) => table);

it("every threat has a defence, and a test that proves it", () => {
  expect(rows.length).toBeGreaterThan(25);
  const unproved = rows.filter(([threat = "", defence, proof = ""]) => {
    return !/^\*\*.+\*\*/.test(threat) || defence === "" || proofsIn(proof).length === 0;
  });
  expect(unproved).toEqual([]);
});

it.each(rows.flatMap(([, , proof = ""]) => proofsIn(proof)))("there is a test %j in %s", (title, file) => {
  expect(titlesIn(readFileSync(file, "utf8"))).toContain(title);
});

it("a title is that of a test or of a group of tests, as it is written", () => {
  const text = 'it.each([1])("a %s", () => {}); describe("b", () => step(`c ${d}`, f)); log("e");';
  expect(titlesIn(text)).toEqual(["a %s", "b", "c ${d}"]);
});

/** The tests that a cell names: title, and path from the project's folder. */
function proofsIn(cell: string): Array<[title: string, file: string]> {
  return [...cell.matchAll(/\["(.+?)"\]\(\.\.\/(__tests__\/[^)]+)\)/g)].map(([, title = "", file = ""]) => [
    title,
    file,
  ]);
}

/** The titles of a test file's tests and groups. */
function titlesIn(text: string): string[] {
  const titles: string[] = [];
  const visit = (node: ts.Node): void => {
    const [title] = ts.isCallExpression(node) ? node.arguments : [];
    const isText = title && (ts.isStringLiteralLike(title) || ts.isTemplateExpression(title));
    if (ts.isCallExpression(node) && isText && /^(?:it|step|describe|describeE2e)\b/.test(node.expression.getText())) {
      titles.push(title.getText().slice(1, -1));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("test.ts", text, ts.ScriptTarget.ES2022, true));
  return titles;
}
