import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { remoteStateSettings } from "../../modules/terraform/settings";
import { environmentSettings, projectSettings } from "../../settings/schema";
import { pages } from "../support/documented-commands";

const readme = readFileSync("README.md", "utf8");
const scripts: Record<string, string> = JSON.parse(readFileSync("package.json", "utf8")).scripts;

it("the README names every setting of the project", () => {
  for (const field of Object.keys(projectSettings)) expect(readme).toContain(`\`${field}\``);
});

it("docs/settings.md describes every setting", () => {
  const page = readFileSync("docs/settings.md", "utf8");
  const names = [projectSettings, environmentSettings, remoteStateSettings].flatMap((settings) =>
    Object.keys(settings),
  );
  expect(names.filter((name) => !page.includes(`\n| \`${name}\` |`))).toEqual([]);
});

it("README.md or CONTRIBUTING.md lists every script, but for parts of others", () => {
  const text = ["README.md", "CONTRIBUTING.md"].map((file) => readFileSync(file, "utf8")).join();
  const isListed = (name: string) => new RegExp(`(?:npm run |npm |\`)${name}(?![\\w:-])`).test(text);
  // npm itself calls prepack.
  const isPart = (name: string) => name.startsWith("check:") || name === "prepack";
  expect(Object.keys(scripts).filter((name) => !isPart(name) && !isListed(name))).toEqual([]);
});

/** Names of headings, as GitHub makes them. */
const anchors = (page: string) =>
  [...readFileSync(page, "utf8").matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );

it.each(pages())("%s: its links lead to files and headings that there are", (page) => {
  const text = readFileSync(page, "utf8").replace(/```.*?```|`[^`\n]*`/gs, "");
  const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)];
  const dead = links.filter(([, file = "", heading]) => {
    const target = file === "" ? page : path.join(path.dirname(page), file);
    return !existsSync(target) || (heading !== undefined && !anchors(target).includes(heading));
  });
  expect(dead.map(([link]) => link)).toEqual([]);
});
