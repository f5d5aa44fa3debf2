import settings from "../environments";
import { bundlePreSignUp, PRE_SIGN_UP_BUNDLE } from "../lambda/bundle";
import { type Environment, loadProject, type Project } from "../settings/project";
import { STATE_STACK } from "../stacks/state-stack";
import { synthesize } from "../stacks/synthesize";
import { Failure } from "./failure";

/** Where the Terraform JSON goes; the variable is cdktf's own. */
export const OUTDIR = process.env.CDKTF_OUTDIR ?? "cdktf.out";

/** The project of environments.ts. Throws SettingsError. */
export function currentProject(): Project {
  return loadProject(settings);
}

/** Bundles the function and writes the Terraform JSON of every stack to `outdir`; answers the bundle's size in bytes. */
export async function synthesizeProject(project: Project, outdir = OUTDIR): Promise<number> {
  const bytes = await bundlePreSignUp();
  synthesize(project, { preSignUp: PRE_SIGN_UP_BUNDLE }, { outdir });
  return bytes;
}

/** The environment of this name. Throws a {@link Failure} that lists the right names. */
export function requireEnvironment(project: Project, name: string): Environment {
  requireStack(project, name);
  const found = project.environments.find((environment) => environment.name === name);
  if (!found) throw new Failure(`${name} is no environment, but the bucket that holds their state.`, 64);
  return found;
}

/** Throws a {@link Failure} that lists the right names for a stack that there is none of. */
export function requireStack(project: Project, name: string): string {
  const names = [...project.environments.map((environment) => environment.name), STATE_STACK];
  if (names.includes(name)) return name;
  throw new Failure(
    `There is no environment ${JSON.stringify(name)} in environments.ts. There are: ${names.slice(0, -1).join(", ")}` +
      ` (and ${STATE_STACK}, the bucket that holds their state).`,
    64,
  );
}
