import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { App, type AppConfig } from "cdktf";
import type { FunctionName } from "../lambda/functions";
import type { Project } from "../settings/project";
import { StateStack } from "./state-stack";
import { UsersStack } from "./users-stack";

export interface SynthesisInputs {
  /** Paths of the functions' bundles. @default what `npm run build` writes */
  readonly bundles?: Readonly<Record<FunctionName, string>> | undefined;
  /** Dependency lock file with the providers that were reviewed. @default Terraform chooses */
  readonly lockFile?: string | undefined;
}

/** Writes the Terraform JSON of every stack, `<outdir>/stacks/<stack>/cdk.tf.json`, and beside it the lock file. */
export function synthesize(project: Project, inputs: SynthesisInputs, config: AppConfig = {}): App {
  const app = new App({ stackTraces: false, ...config });
  const { bundles, lockFile } = inputs;
  const folder = (stack: string) => path.join(app.outdir, "stacks", stack);
  for (const state of project.stateBuckets) new StateStack(app, { project, state });
  for (const environment of project.environments) new UsersStack(app, { environment, bundles });
  app.synth();

  if (lockFile) {
    for (const { name } of project.environments) copyFileSync(lockFile, path.join(folder(name), LOCK_FILE));
    // Terraform takes an entry for a provider that a stack does not use for a change that has to be written down.
    const withoutArchive = readFileSync(lockFile, "utf8").replace(/^provider "[^"]*\/archive" \{[\s\S]*?^\}\n+/m, "");
    for (const { stack } of project.stateBuckets) writeFileSync(path.join(folder(stack), LOCK_FILE), withoutArchive);
  }
  return app;
}

const LOCK_FILE = ".terraform.lock.hcl";
