import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import settings from "../environments";
import { bundleFunction } from "../lambda/bundle";
import { bundleFile, deployedFunctions, forEveryFunction } from "../lambda/functions";
import { type Environment, loadProject, type Project, type StateBucketSettings } from "../settings/project";
import { removedAfter } from "./cleanup";
import { Failure } from "./failure";
import { synchronize } from "./synth/synchronize";

/** Where the Terraform JSON goes; the variable is cdktf's own. */
export const OUTDIR = process.env.CDKTF_OUTDIR ?? "cdktf.out";

/** The providers that were reviewed. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** The project of environments.ts. Throws SettingsError. */
export function currentProject(): Project {
  return loadProject(settings);
}

/**
 * Bundles the functions and writes the Terraform JSON of every stack to `outdir`. What is there already and does not
 * differ is not touched: another command may be reading it.
 */
export async function synthesizeProject(project: Project, outdir = OUTDIR): Promise<void> {
  const functions = new Set(project.environments.flatMap(deployedFunctions));
  await Promise.all([...functions].map((name) => bundleFunction(name)));
  // cdktf is loaded here: most commands go without.
  const { synthesize } = await import("../stacks/synthesize");
  const inputs = { bundles: forEveryFunction(bundleFile), lockFile: existsSync(LOCK_FILE) ? LOCK_FILE : undefined };
  const aside = path.join(".build", `synth-${randomUUID()}`);
  await removedAfter(aside, async () => {
    synthesize(project, inputs, { outdir: aside });
    await synchronize(aside, outdir);
  });
}

/** The environment of this name. Throws a {@link Failure} that lists the right names. */
export function requireEnvironment(project: Project, name: string): Environment {
  requireStack(project, name);
  const found = project.environments.find((environment) => environment.name === name);
  if (!found) throw new Failure(`${name} is no environment, but for their state.`, 64);
  return found;
}

/** The name of a stack. Throws a {@link Failure} that lists the right names for one that there is not. */
export function requireStack(project: Project, name: string): string {
  const environments = project.environments.map((environment) => environment.name);
  const states = project.stateBuckets.map(({ stack }) => stack);
  if ([...environments, ...states].includes(name)) return name;
  throw new Failure(
    `There is no environment ${JSON.stringify(name)} in environments.ts. There are: ${environments.join(", ")}` +
      ` (and ${states.join(", ")}, which ${states.length === 1 ? "is" : "are"} for their state).`,
    64,
  );
}

/** Where a stack keeps its state. */
export function stateOf(project: Project, name: string): StateBucketSettings {
  const environment = project.environments.find((candidate) => candidate.name === name);
  const found = environment?.state ?? project.stateBuckets.find(({ stack }) => stack === name);
  if (!found) throw new Error(`no stack ${name}`);
  return found;
}
