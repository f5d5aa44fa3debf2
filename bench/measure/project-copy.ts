import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What a copy does without: what is generated, and what no command needs. */
const LEFT_OUT = new Set(["node_modules", ".git", ".build", "cdktf.out", "__tests__", "docs", "bench"]);

/** This project in a folder of its own, with environments that may be other ones. */
export async function copyOfProject(environments?: readonly string[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "bench-"));
  await cp(".", folder, { recursive: true, filter: (file) => !LEFT_OUT.has(path.relative(".", file)) });
  await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"), "junction");
  if (environments) {
    const settings = {
      project: "one-account",
      region: "eu-west-1",
      environments: Object.fromEntries(environments.map((name) => [name, {}])),
    };
    await writeFile(path.join(folder, "environments.ts"), `export default ${JSON.stringify(settings)};\n`);
  }
  return folder;
}

/** Changes a source so that nothing made of it earlier can be used again. */
export async function change(folder: string, file: string, round: number): Promise<void> {
  const source = path.join(folder, file);
  const text = (await readFile(source, "utf8")).replace(/\n\/\/ Change \d+\n$/, "\n");
  await writeFile(source, `${text}// Change ${round}\n`);
}

export async function remove(...folders: readonly string[]): Promise<void> {
  await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })));
}
