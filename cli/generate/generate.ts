import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { GOLDEN } from "../golden-folder";
import { currentProject } from "../project";
import { repoConfigFile } from "./atlantis";
import { cataloguePages } from "./catalogue-pages";
import { type Files, filesUnder } from "./files";
import { settingsPages } from "./settings-pages";
import { synthesizedFiles } from "./synthesized";

/** How a tracked file differs from what settings and sources make of it. */
interface Difference {
  readonly file: string;
  /** What the file should hold; undefined for a file that should not be there. */
  readonly wanted: Buffer | undefined;
  /** What it holds; undefined for one that is missing. */
  readonly found: Buffer | undefined;
}

/** Makes the tracked files what settings and sources make of them; answers a line for each that was written or removed. */
export async function generate(): Promise<string[]> {
  const differences = await differencesNow();
  for (const { file, wanted } of differences) {
    if (wanted === undefined) {
      await rm(file);
    } else {
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, wanted);
    }
  }
  return differences.map(
    ({ file, wanted, found }) =>
      `${wanted === undefined ? "removed" : found === undefined ? "added" : "changed"} ${file}`,
  );
}

/** What is stale among the tracked files: a line for each. */
export async function staleFiles(): Promise<string[]> {
  return (await differencesNow()).map(({ file, wanted, found }) => {
    if (wanted === undefined) return `${file} belongs to no stack any more`;
    if (found === undefined) return `${file} is missing`;
    return `${file} differs, first in line ${firstDifference(wanted, found)}`;
  });
}

async function differencesNow(): Promise<Difference[]> {
  const project = currentProject();
  const wanted: Files = new Map([
    ...(await synthesizedFiles(project)),
    ...(await repoConfigFile(project)),
    ...(await settingsPages()),
    ...(await cataloguePages()),
  ]);
  const synthesized = await filesUnder(GOLDEN);
  const names = [...new Set([...wanted.keys(), ...synthesized.keys()])].sort();
  const differences: Difference[] = [];
  for (const file of names) {
    const found = synthesized.get(file) ?? (await readFile(file).catch(() => undefined));
    if (!wanted.get(file)?.equals(found ?? Buffer.of())) differences.push({ file, wanted: wanted.get(file), found });
  }
  return differences;
}

function firstDifference(one: Buffer, other: Buffer): number {
  const lines = other.toString().split("\n");
  const index = one
    .toString()
    .split("\n")
    .findIndex((line, number) => line !== lines[number]);
  return index === -1 ? lines.length : index + 1;
}
