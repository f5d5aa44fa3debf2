import { existsSync } from "node:fs";
import path from "node:path";
import { currentProject, OUTDIR } from "../project";

/** Name of a file in a stack's folder that is there while a plan is applied. */
export const UNFINISHED = "unfinished";

/**
 * Whether the last plan of an environment that was applied here was interrupted: Terraform gives up what it waits for, and
 * notes nothing of it.
 */
export function isUnfinished(name: string): boolean {
  const isEnvironment = currentProject().environments.some((environment) => environment.name === name);
  return isEnvironment && existsSync(path.join(OUTDIR, "stacks", name, UNFINISHED));
}
