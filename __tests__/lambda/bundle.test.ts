import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import path from "node:path";
import { bundleFile, FUNCTION_NAMES } from "../../lambda/functions";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

let copies: ProjectCopy[];
beforeAll(async () => {
  copies = [await ProjectCopy.make(PROJECT), await ProjectCopy.make(PROJECT)];
  for (const copy of copies) expect(await copy.script("build")).toMatchObject({ code: 0 });
});
afterAll(() => Promise.all(copies.map((copy) => copy.remove())));

/**
 * Bytes that a function's bundle may have. Every one of them is read at a cold start: this is for a package that comes in
 * by mistake, as the AWS SDK would, with room for what functions will learn.
 */
const LARGEST = 64_000;

describe.each(FUNCTION_NAMES)("the bundle of %s", (name) => {
  const bundleOf = (copy: ProjectCopy) => path.join(copy.folder, bundleFile(name));

  it("is the same bytes, whichever folder it is built in", async () => {
    const hashes = copies.map(async (copy) =>
      createHash("sha256")
        .update(await readFile(bundleOf(copy)))
        .digest("hex"),
    );
    expect(new Set(await Promise.all(hashes)).size).toBe(1);
  });

  // Written over, it would be half a file for a moment; the name of a stack's copy of it is a hash of what was read.
  it("is replaced at once: another command may be reading it", async () => {
    for (const copy of copies) {
      const before = await stat(bundleOf(copy));
      expect(await copy.script("build")).toMatchObject({ code: 0 });
      expect((await stat(bundleOf(copy))).ino).not.toBe(before.ino);
    }
  });

  it("is small, in one line, names no folder and needs no package", async () => {
    for (const copy of copies) {
      const text = await readFile(bundleOf(copy), "utf8");
      expect((await stat(bundleOf(copy))).size).toBeLessThan(LARGEST);
      expect(text).not.toContain(copy.folder);
      expect(text).not.toContain("node_modules");
      expect(text).not.toMatch(/\b(?:require|import)\((?!"node:)/);
    }
  });
});
