import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { version } from "esbuild";
import { outputOf } from "../child";

export interface Bundle {
  /** The function's name. */
  readonly name: string;
  /** Path of its JavaScript. */
  readonly file: string;
}

/**
 * Writes what the bundles of a package were made of and by: anyone with the sources at that revision can make them again and compare.
 * `sourceRevision` is the commit; a tree with changes that are not committed ends with `-modified`, one without git is null.
 */
export async function writeProvenance(bundles: readonly Bundle[], target: string): Promise<void> {
  const functions = await Promise.all(
    bundles.map(async ({ name, file }) => {
      const content = await readFile(file);
      return [name, { sha256: createHash("sha256").update(content).digest("hex"), bytes: content.length }] as const;
    }),
  );
  const provenance = {
    sourceRevision: await revision(),
    esbuild: version,
    functions: Object.fromEntries(functions),
  };
  await writeFile(target, `${JSON.stringify(provenance, null, 2)}\n`);
}

async function revision(): Promise<string | null> {
  try {
    const { stdout } = await outputOf("git", [
      "describe",
      "--always",
      "--abbrev=40",
      "--exclude=*",
      "--dirty=-modified",
    ]);
    return stdout.trim();
  } catch {
    return null;
  }
}
