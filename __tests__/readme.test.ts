import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { remoteStateSettings } from "../modules/terraform/settings";
import { environmentSettings, projectSettings } from "../settings/schema";

const readme = readFileSync("README.md", "utf8");
const scripts: Record<string, string> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

it("the README names every setting of the project", () => {
  for (const field of Object.keys(projectSettings)) expect(readme).toContain(`\`${field}\``);
});

it.each(["README.md", "CONTRIBUTING.md"])("%s names only commands that there are", (file) => {
  const named = [...readFileSync(file, "utf8").matchAll(/npm run ([\w:]+)/g)].map(([, name = ""]) => name);
  expect(named.filter((name) => !(name in scripts))).toEqual([]);
});

it("docs/settings.md describes every setting", () => {
  const page = readFileSync("docs/settings.md", "utf8");
  const names = [projectSettings, environmentSettings, remoteStateSettings].flatMap((settings) =>
    Object.keys(settings),
  );
  expect(names.filter((name) => !page.includes(`\n| \`${name}\` |`))).toEqual([]);
});

it("README.md or CONTRIBUTING.md lists every script, but for the parts of `npm run check`", () => {
  const pages = ["README.md", "CONTRIBUTING.md"].map((file) => readFileSync(file, "utf8")).join();
  const isListed = (name: string) => new RegExp(`(?:npm run |npm |\`)${name}(?![\\w:-])`).test(pages);
  expect(Object.keys(scripts).filter((name) => !name.startsWith("check:") && !isListed(name))).toEqual([]);
});

/** Names of headings, as GitHub makes them. */
const anchors = (page: string) =>
  [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
const pages = [
  ...["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "CHANGELOG.md"],
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => path.join("docs", name)),
].filter((name) => name.endsWith(".md"));

it.each(pages)("%s: its links lead to files and headings that there are", (page) => {
  const text = readFileSync(page, "utf8").replace(/```.*?```|`[^`\n]*`/gs, "");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const dead = links.filter(([, file = "", heading]) => {
    const target = file === "" ? page : path.join(path.dirname(page), file);
    return !existsSync(target) || (heading !== undefined && !anchors(target).includes(heading));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});
