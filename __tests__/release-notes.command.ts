import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { finished } from "./support/command";

const SCRIPT = path.resolve(".ci/release-notes.mjs");
const CHANGELOG =
  "# Changelog\n\n## Unreleased\n\nLater.\n\n## 1.2.3 (2026-11-27)\n\n### Upgrading\n\nNothing.\n\n## 1.2.2\n\n## 1.2\n\nOld.\n";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "release-"));
  await writeFile(path.join(folder, "CHANGELOG.md"), CHANGELOG);
});
afterAll(() => rm(folder, { recursive: true }));

async function notes(version: string, tag: string) {
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ version }));
  return finished("node", [SCRIPT, tag], { cwd: folder });
}

it("the notes of a release are what CHANGELOG.md says about its version", async () => {
  expect(await notes("1.2.3", "v1.2.3")).toEqual({ code: 0, stdout: "### Upgrading\n\nNothing.\n", stderr: "" });
});

it.each([
  ["1.2.3", "v1.2.4", "The tag v1.2.4 is not v1.2.3, the version of package.json.\n"],
  ["1.2.3", "1.2.3", "The tag 1.2.3 is not v1.2.3, the version of package.json.\n"],
  ["1.2.4", "v1.2.4", 'CHANGELOG.md has no section "## 1.2.4".\n'],
  ["1.2.2", "v1.2.2", "CHANGELOG.md says nothing about 1.2.2.\n"],
])("a version %s with the tag %s is no release", async (version, tag, stderr) => {
  expect(await notes(version, tag)).toEqual({ code: 1, stdout: "", stderr });
});
