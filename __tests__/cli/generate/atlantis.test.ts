import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

let copy: ProjectCopy;
let file: string;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
  file = path.join(copy.folder, "atlantis.yaml");
});
afterAll(() => copy.remove());

it("atlantis.yaml that is not there, or is stale, is told from one that is up to date, and left as it is", async () => {
  const stale = {
    code: 1,
    stdout: "",
    stderr: "atlantis.yaml is not what environments.ts makes of it: run `npm run atlantis` and commit it.\n",
  };
  expect(await copy.script("atlantis", "--check")).toEqual(stale);
  expect(await copy.script("atlantis")).toMatchObject({ code: 0, stderr: "" });
  expect(await copy.script("atlantis", "--check")).toMatchObject({ code: 0, stderr: "" });

  await copy.configure({ ...PROJECT, environments: { ...PROJECT.environments, qa: {} } });
  const before = await readFile(file, "utf8");
  expect(await copy.script("atlantis", "--check")).toEqual(stale);
  expect(await readFile(file, "utf8")).toBe(before);
  expect(before).not.toContain("name: qa");

  await copy.script("atlantis");
  expect(await readFile(file, "utf8")).toContain("name: qa");
  await writeFile(file, `${await readFile(file, "utf8")}# by hand\n`);
  expect(await copy.script("atlantis", "--check")).toEqual(stale);
}, 60_000);
