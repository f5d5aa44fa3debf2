import { createHash } from "node:crypto";
import { readFile, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleFile, deployedFunctions, OWN_FUNCTIONS } from "../../lambda/functions";
import { OWN_TRIGGERS, WITH_OWN_TRIGGERS, writeTriggerFiles } from "../support/own-triggers";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

const existingPool = {
  userPoolId: "eu-west-1_AbCdEfGhI",
  preSignUp: "arn:aws:lambda:eu-west-1:111122223333:function:check",
};
const settings = {
  ...PROJECT,
  environments: { ...PROJECT.environments, own: WITH_OWN_TRIGGERS, kept: { existingPool } },
};
let copies: ProjectCopy[];
beforeAll(async () => {
  copies = [await ProjectCopy.make(settings), await ProjectCopy.make(settings)];
  for (const copy of copies) {
    await writeTriggerFiles(copy.folder);
    expect(await copy.script("build")).toMatchObject({ code: 0, stderr: "" });
  }
});
afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

/**
 * The most bytes of a bundle, because every byte is loaded at a cold start. The limit detects a package that is bundled by
 * mistake, such as the AWS SDK, and leaves room for new features.
 */
const LARGEST = 64_000;

const files = [
  ...OWN_FUNCTIONS,
  ...deployedFunctions({ triggers: OWN_TRIGGERS }),
  ...deployedFunctions({ existingPool }),
].map(bundleFile);

// Overwriting would leave an incomplete file for a moment. The name of a stack's copy is a hash of the content that was read.
it("bundles are replaced atomically, because another command may be reading them", async () => {
  const [copy] = copies as [ProjectCopy];
  const files = OWN_FUNCTIONS.map((fn) => path.join(copy.folder, bundleFile(fn)));
  const inodes = () => Promise.all(files.map(async (file) => (await stat(file)).ino));
  const before = await inodes();
  expect(await copy.script("build")).toMatchObject({ code: 0 });
  for (const [index, inode] of (await inodes()).entries()) expect(inode).not.toBe(before[index]);
});

describe.each([...new Set(files)])("the bundle %s", (file) => {
  const bundleOf = (copy: ProjectCopy) => path.join(copy.folder, file);

  it("has the same bytes in any folder", async () => {
    const hashes = copies.map(async (copy) =>
      createHash("sha256")
        .update(await readFile(bundleOf(copy)))
        .digest("hex"),
    );
    expect(new Set(await Promise.all(hashes)).size).toBe(1);
  });

  it("is small, on one line, names no folder and needs no package", async () => {
    for (const copy of copies) {
      const text = await readFile(bundleOf(copy), "utf8");
      expect((await stat(bundleOf(copy))).size).toBeLessThan(LARGEST);
      expect(text).not.toContain(copy.folder);
      expect(text).not.toContain("node_modules");
      expect(text).not.toMatch(/\b(?:require|import)\((?!"node:)/);
    }
  });
});

it.each([
  ["a file that is not there", "gone.ts", undefined, "a file of the project's folder"],
  ["a file without a handler", "empty.ts", "export const other = 1;", "that exports handler"],
  ["a file with a syntax error", "broken.ts", "export const handler = (", "lambda/broken.ts:1: "],
  ["a file that imports what is not there", "lost.ts", 'export * from "./nowhere";', 'Could not resolve "./nowhere"'],
])("%s is refused with the environment, the field and the path", async (_, name, text, allowed) => {
  const [copy] = copies as [ProjectCopy];
  const file = `lambda/${name}`;
  await copy.configure({ ...PROJECT, environments: { dev: { triggers: { postConfirmation: { file } } } } });
  if (text !== undefined) await writeFile(path.join(copy.folder, file), text);
  const { code, stderr } = await copy.script("synth");
  expect(code).not.toBe(0);
  expect(stderr).toContain(`environment "dev", field "triggers.postConfirmation.file": "${file}" is not allowed; `);
  expect(stderr).toContain(allowed);
});

it("a check of an environment's own has to export check", async () => {
  const [copy] = copies as [ProjectCopy];
  const file = "lambda/no-check.ts";
  await copy.configure({ ...PROJECT, environments: { dev: { triggers: { preSignUp: { file } } } } });
  await writeFile(path.join(copy.folder, file), "export const handler = 1;");
  expect((await copy.script("synth")).stderr).toContain("a file that exports check");
});
