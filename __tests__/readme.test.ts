import { readFileSync } from "node:fs";
import { projectSettings } from "../settings/schema";

const readme = readFileSync("README.md", "utf8");
const scripts: Record<string, string> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

it("the README names every setting of the project", () => {
  for (const field of Object.keys(projectSettings)) expect(readme).toContain(`\`${field}\``);
});

it.each(["README.md", "CONTRIBUTING.md"])("%s names only commands that there are", (file) => {
  const named = [...readFileSync(file, "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});
