import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { loadProject } from "../../settings/project";
import type { ProjectSettings } from "../../settings/schema";
import { warnings } from "../../settings/warnings";
import { EXAMPLES } from "../support/examples";
import { synthesized } from "../support/synth";

const examples = Object.entries<ProjectSettings>(EXAMPLES);
const page = (name: string) => readFileSync(`examples/${name}/README.md`, "utf8");

it("every example is a folder, and every folder is tested", () => {
  expect(readdirSync("examples").sort()).toEqual(Object.keys(EXAMPLES).sort());
});

it.each(examples)(
  "%s: its page is short, and names the types of resources that are deployed, and no other",
  (name, project) => {
    const lines = page(name).trim().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(20);
    expect(lines.length).toBeLessThanOrEqual(42);
    const last = Object.keys(project.environments).at(-1) ?? "";
    const types = Object.keys(synthesized(project)[last]?.resource ?? {});
    const named = [...page(name).matchAll(/`(aws_\w+)`/g)].map(([, type = ""]) => type);
    expect([...new Set(named)].sort()).toEqual(types.sort());
  },
);

it.each(examples)("%s: the links of its page lead somewhere", (name) => {
  const links = [...page(name).matchAll(/\]\(([^)#]+)/g)].map(([, link = ""]) => path.join("examples", name, link));
  expect(links.filter((link) => !existsSync(link))).toEqual([]);
});

it.each(examples)("%s: nothing in it is unlikely to be meant", (_, project) => {
  expect(loadProject(project).environments.flatMap(warnings)).toEqual([]);
});

it("README.md leads to every example", () => {
  const readme = readFileSync("README.md", "utf8");
  expect(Object.keys(EXAMPLES).filter((name) => !readme.includes(`(examples/${name}/README.md)`))).toEqual([]);
});
