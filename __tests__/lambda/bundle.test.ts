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
 * The most bytes of a bundle, because every byte is loaded at a cold start. The limit detects a package that is bundled by
 * mistake, such as the AWS SDK, and leaves room for new features.
 */
const LARGEST = 64_000;

describe.each(FUNCTION_NAMES)("the bundle of %s", (name) => {
  const bundleOf = (copy: ProjectCopy) => path.join(copy.folder, bundleFile(name));

  it("has the same bytes in any folder", async () => {
    const hashes = copies.map(async (copy) =>
      createHash("sha256")
        .update(await readFile(bundleOf(copy)))
        .digest("hex"),
    );
    expect(new Set(await Promise.all(hashes)).size).toBe(1);
  });

  // Overwriting would leave an incomplete file for a moment. The name of a stack's copy is a hash of the content that was read.
  it("is replaced atomically, because another command may be reading it", async () => {
    for (const copy of copies) {
      const before = await stat(bundleOf(copy));
      expect(await copy.script("build")).toMatchObject({ code: 0 });
      expect((await stat(bundleOf(copy))).ino).not.toBe(before.ino);
    }
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
