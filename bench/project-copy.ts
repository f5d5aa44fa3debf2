import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Subject } from "./measure";
import { timed } from "./process";

/** Files that are not copied: generated ones, and those that no command needs. */
const LEFT_OUT = new Set(["node_modules", ".git", ".build", "cdktf.out", "__tests__", "docs", "bench"]);

/** A copy of this project with environments of these names. */
export async function copyOfProject(environments: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  await cp(".", folder, { recursive: true, filter: (file) => !LEFT_OUT.has(path.relative(".", file)) });
  await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"), "junction");
  const settings = {
    project: "one-account",
    region: "eu-west-1",
    environments: Object.fromEntries(environments.map((name) => [name, {}])),
  };
  await writeFile(path.join(folder, "environments.ts"), `export default ${JSON.stringify(settings)};\n`);
  return folder;
}

export const NPM_RUN_SYNTH = ["npm", "run", "--silent", "synth"];

/** Runs a synthesis in a folder after a change of its source, so that no earlier result can be reused. */
export function synthesis(
  name: string,
  cwd: string,
  source: string,
  [program = "", ...args]: readonly string[],
): Subject {
  // Without checks for newer versions, which would measure the network.
  const env = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", DISABLE_VERSION_CHECK: "1", NO_COLOR: "1" };
  const file = path.join(cwd, source);
  return {
    name,
    async measure(round) {
      const text = (await readFile(file, "utf8")).replace(/\/\/ Change \d+\n$/, "");
      await writeFile(file, `${text}// Change ${round}\n`);
      return (await timed(program, args, { cwd, env })).ms / 1000;
    },
  };
}

export async function remove(...folders: readonly string[]): Promise<void> {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}
