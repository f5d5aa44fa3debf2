import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parse } from "yaml";
import { REPO_CONFIG, repoConfig } from "../../../atlantis/repo-config";
import { loadProject } from "../../../settings/project";
import type { ProjectSettings } from "../../../settings/schema";
import { type Finished, finished } from "../../support/command";
import { EMULATOR_OVERRIDE, emulated, testedLockFile } from "../../support/project-copy";

/** A step of a workflow, in the forms that are used here: "Custom Workflows", Atlantis's documentation. */
type Step =
  | { readonly run: string | { readonly command: string; readonly output?: string } }
  | { readonly env: { readonly name: string; readonly value?: string; readonly command?: string } };

export interface AtlantisProject {
  readonly name: string;
  readonly dir: string;
  readonly workspace: string;
  readonly workflow: string;
  readonly terraform_version: string;
  readonly execution_order_group: number;
  readonly depends_on?: readonly string[];
}

/** What a stage of a workflow came to: the output that goes into the pull request, or that of the step that failed. */
export interface Stage {
  readonly ok: boolean;
  readonly comment: string;
}

/** A pull request's repository, and clones of it as Atlantis makes them: one a workspace. */
export class AtlantisServer {
  private readonly folder = mkdtempSync(path.join(tmpdir(), "atlantis-"));
  private readonly origin = path.join(this.folder, "origin");

  /** Commits what is in this working tree, with other environments. */
  constructor(settings: ProjectSettings) {
    const git = (...args: string[]) => execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 26 });
    for (const file of git("ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0")) {
      if (file !== "" && existsSync(file)) cpSync(file, path.join(this.origin, file));
    }
    cpSync(testedLockFile(), path.join(this.origin, ".terraform.lock.hcl"));
    git("init", "--quiet", "--initial-branch=main", this.origin);
    const version = readFileSync(".terraform-version", "utf8").trim();
    writeFileSync(path.join(this.origin, REPO_CONFIG), repoConfig(loadProject(settings), version));
    this.commit("environments.ts", `export default ${JSON.stringify(settings)};\n`);

    // Atlantis puts the versions that it has downloaded at the end of PATH, each under its own name.
    mkdirSync(this.binaries);
    const terraform = execFileSync("which", ["terraform"], { encoding: "utf8" }).trim();
    symlinkSync(terraform, path.join(this.binaries, `terraform${this.project("dev").terraform_version}`));
  }

  private get binaries(): string {
    return path.join(this.folder, "bin");
  }

  /** Changes a file of the pull request. */
  commit(file: string, text: string): void {
    writeFileSync(path.join(this.origin, file), text);
    const identity = ["-c", "user.name=test", "-c", "user.email=test@example.com", "-c", "commit.gpgsign=false"];
    execFileSync("git", ["-C", this.origin, "add", "--all"]);
    execFileSync("git", ["-C", this.origin, ...identity, "commit", "--quiet", "--message", `Change ${file}`]);
  }

  project(name: string): AtlantisProject {
    const { projects } = parse(readFileSync(path.join(this.origin, REPO_CONFIG), "utf8"));
    return projects.find((project: AtlantisProject) => project.name === name);
  }

  /** A clean clone, for one workspace. */
  clone(name: string): AtlantisClone {
    const project = this.project(name);
    const folder = path.join(mkdtempSync(path.join(this.folder, "clone-")), project.workspace);
    execFileSync("git", ["clone", "--quiet", this.origin, folder]);
    return new AtlantisClone(folder, project, this.binaries);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }
}

export class AtlantisClone {
  constructor(
    readonly folder: string,
    private readonly project: AtlantisProject,
    private readonly binaries: string,
  ) {
    const stack = path.join(folder, "cdktf.out/stacks", project.workspace);
    mkdirSync(stack, { recursive: true });
    writeFileSync(path.join(stack, "emulator_override.tf.json"), JSON.stringify(EMULATOR_OVERRIDE));
  }

  get planFile(): string {
    return path.join(this.folder, `${this.project.name}-${this.project.workspace}.tfplan`);
  }

  get showFile(): string {
    return path.join(this.folder, `${this.project.name}-${this.project.workspace}.json`);
  }

  /** Brings the clone up to the pull request's last commit, as Atlantis does where it can. */
  update(): void {
    execFileSync("git", ["-C", this.folder, "fetch", "--quiet"]);
    execFileSync("git", ["-C", this.folder, "reset", "--quiet", "--hard", "origin/main"]);
  }

  /**
   * Runs a stage's steps, as they are written, until one fails; with another plan file than its own, or without the step
   * that installs what is there already.
   */
  async run(
    stage: "plan" | "apply",
    { planFile = this.planFile, installed = false }: { planFile?: string; installed?: boolean } = {},
  ): Promise<Stage> {
    const { workflows } = parse(readFileSync(path.join(this.folder, "atlantis/repos.yaml"), "utf8"));
    const steps: readonly Step[] = workflows[this.project.workflow][stage].steps;
    const env: NodeJS.ProcessEnv = { ...this.environment(), PLANFILE: planFile };
    let comment = "";
    for (const step of steps) {
      if ("env" in step) {
        const { name, value, command } = step.env;
        env[name] = value ?? (await this.shell(command ?? "", env)).stdout.replace(/\n$/, "");
        continue;
      }
      const { command, output } = typeof step.run === "string" ? { command: step.run, output: "show" } : step.run;
      if (installed && command.startsWith("npm ci")) continue;
      const { code, stdout, stderr } = await this.shell(command, env);
      if (code !== 0) return { ok: false, comment: `exit status ${code}: running ${command}\n${stdout}${stderr}` };
      if (output !== "hide") comment += stdout + stderr;
    }
    return { ok: true, comment };
  }

  private shell(command: string, env: NodeJS.ProcessEnv): Promise<Finished> {
    return finished("sh", ["-c", command], { cwd: path.join(this.folder, this.project.dir), env });
  }

  /** "Native Environment Variables", Atlantis's documentation. */
  private environment(): NodeJS.ProcessEnv {
    const { name, workspace, terraform_version } = this.project;
    return {
      ...emulated(),
      PATH: `${process.env.PATH}:${this.binaries}`,
      WORKSPACE: workspace,
      PROJECT_NAME: name,
      ATLANTIS_TERRAFORM_VERSION: terraform_version,
      DIR: this.folder,
      REPO_REL_DIR: ".",
      SHOWFILE: this.showFile,
      COMMENT_ARGS: "",
      // Where npm has been here before, it need not ask the registry again.
      npm_config_prefer_offline: "true",
    };
  }
}
