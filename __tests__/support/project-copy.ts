import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { ProjectSettings } from "../../settings/schema";
import { type Finished, finished } from "./command";
import type { Block } from "./stack";

/** What the project needs to run, without its tests and without what it generates. */
const SOURCES = [
  "atlantis",
  "catalogue",
  "cli",
  "lambda",
  "migration",
  "modules",
  "policy",
  "review",
  "settings",
  "stacks",
  "main.ts",
  "cdktf.json",
  "package.json",
  // It decides about bytes of the functions' bundles: whether they begin with "use strict", for one.
  "tsconfig.json",
  ".terraform-version",
];

const LOCK_FILE = ".terraform.lock.hcl";

/** The lock file of the providers that the end-to-end tests install, which need not be the registry's. */
export function testedLockFile(): string {
  return process.env.E2E_LOCK_FILE ?? LOCK_FILE;
}

/** Provider settings for an emulator, beside the synthesized JSON: Terraform merges them, the JSON stays as it is. */
export const EMULATOR_OVERRIDE = {
  provider: {
    aws: [
      {
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: "true",
        s3_use_path_style: true,
      },
    ],
  },
};

/** A copy of the project in a folder of its own, with an environments.ts of the test's. */
export class ProjectCopy {
  private constructor(readonly folder: string) {}

  /** A copy of what is here, or the whole of an earlier commit, which had other folders. */
  static async make(settings: ProjectSettings, { commit }: { commit?: string } = {}): Promise<ProjectCopy> {
    const folder = await mkdtemp(path.join(tmpdir(), "one-account-"));
    if (commit === undefined) {
      for (const source of SOURCES) await cp(source, path.join(folder, source), { recursive: true });
    } else {
      const archive = path.join(folder, "archive.tar");
      for (const [program, ...args] of [
        ["git", "archive", `--output=${archive}`, commit],
        ["tar", "-xf", archive, "-C", folder],
      ] as const) {
        const { code, stderr } = await finished(program, args);
        if (code !== 0) throw new Error(stderr);
      }
    }
    await cp(testedLockFile(), path.join(folder, LOCK_FILE));
    await symlink(path.resolve("node_modules"), path.join(folder, "node_modules"));
    const copy = new ProjectCopy(folder);
    await copy.configure(settings);
    for (const stack of ["state", ...Object.keys(settings.environments)]) {
      await mkdir(copy.stack(stack), { recursive: true });
      await writeFile(path.join(copy.stack(stack), "emulator_override.tf.json"), JSON.stringify(EMULATOR_OVERRIDE));
    }
    return copy;
  }

  async configure(settings: ProjectSettings): Promise<void> {
    await writeFile(path.join(this.folder, "environments.ts"), `export default ${JSON.stringify(settings)};\n`);
  }

  /** Lets a stack do without the bucket, in a file that Terraform merges over the synthesized JSON. */
  async keepStateLocally(stack: string): Promise<void> {
    // Elsewhere than Terraform keeps a state without a backend: it would ask whether to move that one.
    const local = { path: "states/terraform.tfstate", workspace_dir: "states" };
    const backend = { terraform: { backend: { local } } };
    await writeFile(path.join(this.stack(stack), "backend_override.tf.json"), JSON.stringify(backend));
  }

  /** The folder of a synthesized stack. */
  stack(name: string): string {
    return path.join(this.folder, "cdktf.out/stacks", name);
  }

  /** Changes a synthesized stack, for what no setting says. */
  async edit(stack: string, change: (document: Block) => void): Promise<void> {
    const file = path.join(this.stack(stack), "cdk.tf.json");
    const document = JSON.parse(await readFile(file, "utf8"));
    change(document);
    await writeFile(file, JSON.stringify(document));
  }

  /** `npm run <script> -- <args>`, without npm, against the emulator. */
  script(script: string, ...args: string[]): Promise<Finished> {
    return this.scriptWith(emulated(), script, ...args);
  }

  /** The same in another environment. */
  scriptWith(env: NodeJS.ProcessEnv, script: string, ...args: string[]): Promise<Finished> {
    return this.run(process.execPath, ["cli/run.mjs", "cli/main.ts", script, ...args], env);
  }

  terraform(stack: string, ...args: string[]): Promise<Finished> {
    return this.run("terraform", [`-chdir=${this.stack(stack)}`, ...args]);
  }

  run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = emulated()): Promise<Finished> {
    return finished(program, args, { cwd: this.folder, env });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** The environment of a command that is to talk to the emulator. */
export function emulated(endpoint = process.env.E2E_ENDPOINT): NodeJS.ProcessEnv {
  return {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "eu-west-1",
    CHECKPOINT_DISABLE: "1",
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
    NO_COLOR: "1",
    TF_CLI_ARGS: "-no-color",
    // What jest sets for its own sake would reach the commands under test, and what npm says of where it was called.
    NODE_ENV: undefined,
    INIT_CWD: undefined,
  };
}
