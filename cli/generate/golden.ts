import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { currentProject, synthesizeProject } from "../project";

/** Folder of the golden files: what the stacks are in Terraform's terms, byte by byte, for reviewers to read. */
export const GOLDEN = "synthesized";

/** Makes the golden files those of the sources; answers a line for each that was written or removed. */
export async function writeGolden(): Promise<string[]> {
  const [wanted, there] = await Promise.all([synthesizedFiles(), goldenFiles()]);
  const done: string[] = [];
  await mkdir(GOLDEN, { recursive: true });
  for (const [name, text] of wanted) {
    if (there.get(name) === text) continue;
    await writeFile(path.join(GOLDEN, name), text);
    done.push(`${there.has(name) ? "changed" : "added"} ${GOLDEN}/${name}`);
  }
  for (const name of there.keys()) {
    if (wanted.has(name)) continue;
    await rm(path.join(GOLDEN, name));
    done.push(`removed ${GOLDEN}/${name}`);
  }
  return done.length > 0 ? done : [`${GOLDEN}/ was up to date`];
}

/** What differs between the golden files and the sources: a line for each file. */
export async function goldenDifferences(): Promise<string[]> {
  const [wanted, there] = await Promise.all([synthesizedFiles(), goldenFiles()]);
  return [...new Set([...wanted.keys(), ...there.keys()])].sort().flatMap((name) => {
    const [now, before] = [wanted.get(name), there.get(name)];
    if (now === before) return [];
    if (before === undefined) return [`${name} is missing`];
    if (now === undefined) return [`${name} belongs to no stack any more`];
    return [`${name} differs, first in line ${firstDifference(now, before)}`];
  });
}

function firstDifference(one: string, other: string): number {
  const lines = other.split("\n");
  return one.split("\n").findIndex((line, index) => line !== lines[index]) + 1;
}

async function synthesizedFiles(): Promise<Map<string, string>> {
  const outdir = await mkdtemp(path.join(tmpdir(), "golden-"));
  try {
    await synthesizeProject(currentProject(), outdir);
    const stacks = path.join(outdir, "stacks");
    const names = await readdir(stacks);
    return new Map(
      await Promise.all(
        names.map(async (name) => {
          const text = await readFile(path.join(stacks, name, "cdk.tf.json"), "utf8");
          return [`${name}.tf.json`, `${text.trimEnd()}\n`] as const;
        }),
      ),
    );
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

async function goldenFiles(): Promise<Map<string, string>> {
  const names = await readdir(GOLDEN).catch(() => []);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(GOLDEN, name), "utf8")] as const)),
  );
}
