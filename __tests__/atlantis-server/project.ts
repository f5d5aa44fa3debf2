import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import type { ProjectSettings } from "../../settings/schema";
import { finished } from "../support/command";
import { testedLockFile } from "../support/project-copy";

/** Everything that is tracked in this repository, as an adopter would fork it, with an environments.ts of the test's. */
export class Project {
  constructor(
    readonly folder: string,
    settings: ProjectSettings,
  ) {
    const list = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    const files = execFileSync("git", list, { encoding: "utf8", maxBuffer: 2 ** 26 }).split("\0");
    for (const file of files) if (file !== "" && existsSync(file)) cpSync(file, path.join(folder, file));
    mkdirSync(path.join(folder, ".build"), { recursive: true });
    symlinkSync(path.resolve("node_modules"), path.join(folder, "node_modules"));
    cpSync(testedLockFile(), path.join(folder, ".terraform.lock.hcl"));
    this.configure(settings);
  }

  configure(settings: ProjectSettings): void {
    writeFileSync(path.join(this.folder, "environments.ts"), `export default ${JSON.stringify(settings)};\n`);
  }

  /** What a contributor runs before a commit. */
  async generate(): Promise<void> {
    await this.script("generate");
  }

  async script(name: string): Promise<void> {
    const env = { ...process.env, NODE_ENV: undefined };
    const args = ["cli/run.mjs", "cli/main.ts", name];
    const { code, stderr } = await finished(process.execPath, args, { cwd: this.folder, env });
    if (code !== 0) throw new Error(`npm run ${name}: ${stderr}`);
  }
}
