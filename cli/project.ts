import { randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import * as environmentsFile from "../environments";
import { type Environment, loadProject, type Project, type StateBucketSettings } from "../settings/project";
import type { ProjectSettings } from "../settings/schema";
import { bundleFunctions } from "./bundles";
import { removedAfter } from "./cleanup";
import { Failure } from "./failure";
import { suggestion } from "./suggestion";
import { synchronize } from "./synth/synchronize";

/** Where the Terraform JSON goes; the variable is cdktf's own. */
export const OUTDIR = process.env.CDKTF_OUTDIR ?? "cdktf.out";

/** Where a stack's Terraform JSON goes, and where Terraform runs. */
export function stackFolder(stack: string): string {
  return path.join(OUTDIR, "stacks", stack);
}

/** The providers that were reviewed. */
export const LOCK_FILE = ".terraform.lock.hcl";

/** The project of environments.ts. Throws SettingsError, or a {@link Failure} where the file exports no settings. */
export function currentProject(): Project {
  if (!("default" in environmentsFile)) {
    throw new Failure("environments.ts exports no settings: end it with `export default project;`.");
  }
  return loadProject(environmentsFile.default);
}

/** The same project with these settings of one environment in place of its own, where it has some. Throws SettingsError. */
export function projectWith(environment: string, settings: Readonly<Record<string, unknown>>): Project {
  const written = environmentsFile.default as ProjectSettings;
  return loadProject({ ...written, environments: { ...written.environments, [environment]: settings } });
}

/** The names of what is deployed by name: the environments, and the stacks of the buckets for their state. */
export function stackNames(project: Project): string[] {
  return [...environmentNames(project), ...project.stateBuckets.map(({ stack }) => stack)];
}

function environmentNames(project: Project): string[] {
  return project.environments.map(({ name }) => name);
}

/**
 * Bundles the functions and writes the Terraform JSON of every stack to `outdir`. What is there already and does not
 * differ is not touched: another command may be reading it.
 */
export async function synthesizeProject(project: Project, outdir = OUTDIR): Promise<void> {
  await bundleFunctions(project);
  // cdktf is loaded here: most commands go without.
  const { synthesize } = await import("../stacks/synthesize");
  const inputs = { lockFile: existsSync(LOCK_FILE) ? LOCK_FILE : undefined };
  const aside = path.join(".build", `synth-${randomUUID()}`);
  await removedAfter(aside, async () => {
    synthesize(project, inputs, { outdir: aside });
    await synchronize(aside, outdir);
  });
}

/** The environment of this name. Throws a {@link Failure} that lists the environments. */
export function requireEnvironment(project: Project, name: string): Environment {
  const found = project.environments.find((environment) => environment.name === name);
  if (found) return found;
  const bucket = project.stateBuckets.find(({ stack }) => stack === name);
  const names = environmentNames(project);
  throw new Failure(
    bucket === undefined
      ? `${noEnvironment(name, names)} There are: ${names.join(", ")}.`
      : `${name} is the stack of the state bucket, not an environment. There are: ${names.join(", ")}.`,
    64,
  );
}

/**
 * The environment whose pool a command brings up on this machine: dev where none is named. Throws a {@link Failure} that names one where there is no dev,
 * and for a pool that is managed elsewhere; `command` is how it is called.
 */
export function environmentToShow(project: Project, named: string | undefined, command: string): string {
  const names = environmentNames(project);
  const name = named ?? names.find((each) => each === DEFAULT);
  if (name !== undefined) {
    if (!requireEnvironment(project, name).existingPool) return name;
    throw new Failure(
      `The pool of ${name} is managed elsewhere (existingPool): name an environment that makes its pool.`,
      64,
    );
  }
  throw new Failure(
    `There is no environment ${DEFAULT} in environments.ts: name one, such as \`${command} -- ${names[0]}\`. There are: ${names.join(", ")}.`,
    64,
  );
}

const DEFAULT = "dev";

/** The name of a stack. Throws a {@link Failure} that lists the right names for one that there is not. */
export function requireStack(project: Project, name: string): string {
  const all = stackNames(project);
  if (all.includes(name)) return name;
  const environments = environmentNames(project);
  const states = all.slice(environments.length);
  throw new Failure(
    `${noEnvironment(name, all)} There are: ${environments.join(", ")}` +
      ` (and ${states.join(", ")}, which ${states.length === 1 ? "is" : "are"} for their state).`,
    64,
  );
}

function noEnvironment(name: string, known: readonly string[]): string {
  return `There is no environment ${JSON.stringify(name)} in environments.ts.${suggestion(name, known)}`;
}

/** Where a stack keeps its state. */
export function stateOf(project: Project, name: string): StateBucketSettings {
  const environment = project.environments.find((candidate) => candidate.name === name);
  const found = environment?.state ?? project.stateBuckets.find(({ stack }) => stack === name);
  if (!found) throw new Error(`no stack ${name}`);
  return found;
}
