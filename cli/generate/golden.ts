import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { GOLDEN } from "../golden-folder";
import { currentProject, synthesizeProject } from "../project";

/** Makes the golden files those of the sources; answers a line for each that was written or removed. */
export async function writeGolden(): Promise<string[]> {
  const [wanted, there] = await Promise.all([synthesizedFiles(), filesUnder(GOLDEN)]);
  const done: string[] = [];
  for (const [name, content] of wanted) {
    if (there.get(name)?.equals(content)) continue;
    const file = path.join(GOLDEN, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, content);
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
  const [wanted, there] = await Promise.all([synthesizedFiles(), filesUnder(GOLDEN)]);
  return [...new Set([...wanted.keys(), ...there.keys()])].sort().flatMap((name) => {
    const [now, before] = [wanted.get(name), there.get(name)];
    if (now === undefined) return [`${name} belongs to no stack any more`];
    if (before === undefined) return [`${name} is missing`];
    return now.equals(before) ? [] : [`${name} differs, first in line ${firstDifference(now, before)}`];
  });
}

function firstDifference(one: Buffer, other: Buffer): number {
  const lines = other.toString().split("\n");
  const index = one
    .toString()
    .split("\n")
    .findIndex((line, number) => line !== lines[number]);
  return index === -1 ? lines.length : index + 1;
}

async function synthesizedFiles(): Promise<Map<string, Buffer>> {
  const outdir = await mkdtemp(path.join(tmpdir(), "golden-"));
  try {
    await synthesizeProject(currentProject(), outdir);
    return await filesUnder(path.join(outdir, "stacks"));
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

/** What Terraform leaves in a folder that it runs in; none of it is tracked. */
const LEFT_BY_TERRAFORM = /(?:^|\/)\.terraform(?:\/|$)|\.tfplan$|\.zip$/;

/** Every file of a folder, by its path in it. */
async function filesUnder(folder: string): Promise<Map<string, Buffer>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const names = entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join("/"))
    .filter((name) => !LEFT_BY_TERRAFORM.test(name))
    .sort();
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readFile(path.join(folder, name))] as const)),
  );
}
