import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { REVIEWER } from "../../cli/generate/reviewer";
import { freePort } from "../e2e/support/ministack";
import { finished } from "../support/command";
import { emulated } from "../support/project-copy";
import type { Certificate } from "./certificate";
import { type GitHub, NAME, OWNER, type PullRequest } from "./github";
import { flagsOfThePage, installTerraform } from "./image";
import type { Project } from "./project";
import type { Repository } from "./repository";

const MODULE = path.resolve("__tests__/atlantis-server");
const PROGRAM = path.resolve("node_modules/.cache/atlantis-server");
const SECRET = "a webhook's secret";

/** Builds Atlantis as go.mod and go.sum pin it; Go keeps what it has compiled. */
export async function buildAtlantis(): Promise<void> {
  const { code, stderr } = await finished(
    "go",
    ["build", "-mod=readonly", "-buildvcs=false", "-o", PROGRAM, "github.com/runatlantis/atlantis"],
    { cwd: MODULE, env: { ...process.env, GOFLAGS: "", GOTOOLCHAIN: process.env.GOTOOLCHAIN ?? "auto" } },
  ).catch((error: Error) => ({ code: 1, stderr: `Go is needed (${error.message})` }));
  if (code !== 0) throw new Error(`Atlantis cannot be built: ${stderr}`);
}

interface Surroundings {
  readonly folder: string;
  readonly project: Project;
  readonly github: GitHub;
  readonly repository: Repository;
  readonly tls: Certificate;
}

/** A server as docs/atlantis.md sets it up. Its Terraform and its credentials are the emulator's. */
export class Atlantis {
  private readonly url: string;
  private stopped = false;

  private constructor(
    private readonly process: ChildProcess,
    private readonly github: GitHub,
    private readonly data: string,
    port: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start({ folder, project, github, repository, tls }: Surroundings): Promise<Atlantis> {
    const home = path.join(folder, "home");
    const binaries = path.join(home, "bin");
    const data = path.join(home, "data");
    mkdirSync(binaries, { recursive: true });
    await project.script("reviewer");
    cpSync(path.join(project.folder, REVIEWER), path.join(binaries, path.basename(REVIEWER)));
    installTerraform(binaries);
    cpSync("atlantis/templates", path.join(home, "templates"), { recursive: true });
    const id = `127.0.0.1/${OWNER}/${NAME}`;
    writeFileSync(
      path.join(home, "repos.yaml"),
      readFileSync("atlantis/repos.yaml", "utf8").replace(`github.com/${OWNER}/${NAME}`, id),
    );

    const port = await freePort();
    const clone = `https://atlantis:token@${github.host}/${OWNER}/${NAME}.git`;
    // Not in the page: where this GitHub is, and where this server may write.
    const local = [`--gh-hostname=${github.host}`, `--data-dir=${data}`, `--port=${port}`];
    const child = spawn(PROGRAM, ["server", ...flagsOfThePage(home, port, SECRET), ...local], {
      cwd: home,
      env: {
        ...emulated(),
        HOME: home,
        PATH: `${binaries}:${process.env.PATH}`,
        TF_CLI_ARGS: undefined,
        SSL_CERT_FILE: tls.certificate,
        // Git's own protocol is not what is tested.
        GIT_CONFIG_COUNT: "1",
        GIT_CONFIG_KEY_0: `url.file://${repository.bare}.insteadOf`,
        GIT_CONFIG_VALUE_0: clone,
      },
      stdio: ["ignore", "pipe", "pipe"],
      detached: true,
    });
    const log = createWriteStream(path.join(folder, "atlantis.log"));
    child.stdout?.pipe(log);
    child.stderr?.pipe(log);
    const atlantis = new Atlantis(child, github, data, port);
    github.notify(`${atlantis.url}/events`, SECRET);
    await atlantis.until(async () => {
      if (child.exitCode !== null) throw new Error(readFileSync(path.join(folder, "atlantis.log"), "utf8"));
      return (await atlantis.operations()) !== undefined;
    });
    return atlantis;
  }

  /** What Atlantis writes because of something that happens to a pull request, once it has finished with it. */
  async after(pull: PullRequest, event: () => Promise<void>): Promise<string> {
    const before = this.github.written(pull).length;
    await event();
    await this.until(async () => this.github.written(pull).length > before && (await this.operations()) === 0);
    return this.github.written(pull).slice(before).join("\n");
  }

  hasPlan({ number }: PullRequest, name: string): boolean {
    const clone = path.join(this.data, "repos", OWNER, NAME, String(number), name);
    return existsSync(path.join(clone, "synthesized", name, `${name}-${name}.tfplan`));
  }

  /** Status of a page for a visitor without a login. */
  async page(name: string): Promise<number> {
    return (await fetch(`${this.url}${name}`)).status;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.process.exitCode === null && this.process.pid) process.kill(-this.process.pid, "SIGKILL");
  }

  private async operations(): Promise<number | undefined> {
    const response = await fetch(`${this.url}/status`).catch(() => undefined);
    if (!response?.ok) return undefined;
    return ((await response.json()) as { in_progress_operations: number }).in_progress_operations;
  }

  /** The test's own limit ends a wait for what never becomes true. */
  private async until(condition: () => Promise<boolean>): Promise<void> {
    while (!this.stopped && !(await condition())) await sleep(50);
  }
}
