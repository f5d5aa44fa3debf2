import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import path from "node:path";
import { warnings } from "../settings/warnings";
import { exclusively } from "./exclusive";
import { Failure } from "./failure";
import { note } from "./print";
import { currentProject, OUTDIR, requireStack, stackFolder, synthesizeProject } from "./project";
import { RECOVERY_FILE } from "./recover/recovery-file";
import { requireSeenFolder } from "./review/unseen";
import { LOCAL_BACKEND } from "./state/bootstrap-files";
import { requireOwnState } from "./state/guard";
import { Terraform } from "./terraform";

/** Does something with Terraform in a stack of its name: synthesized, initialized, in its workspace, alone in its folder. */
export function withStack<T>(name: string, what: string, work: (terraform: Terraform) => Promise<T>): Promise<T> {
  return withSynthesizedStack(name, what, async (terraform) => {
    if (existsSync(path.join(terraform.folder, LOCAL_BACKEND))) {
      throw new Failure(`The bootstrap of ${name} was interrupted: finish it with \`npm run bootstrap -- ${name}\`.`);
    }
    note(`Preparing ${name}: providers, state, workspace …`);
    await terraform.init();
    // To select a workspace that is not there makes it, and a state in it.
    await requireOwnState(currentProject(), name);
    await terraform.selectWorkspace();
    return work(terraform);
  });
}

/** The same, but as far as the synthesized JSON only. */
export async function withSynthesizedStack<T>(
  name: string,
  what: string,
  work: (terraform: Terraform) => Promise<T>,
): Promise<T> {
  const project = currentProject();
  requireStack(project, name);
  for (const warning of project.environments.filter((environment) => environment.name === name).flatMap(warnings)) {
    note(`Warning: ${warning}`);
  }
  await mkdir(path.join(OUTDIR, "stacks", name), { recursive: true });
  return exclusively(path.join(OUTDIR, "stacks", `${name}.lock`), `${what} ${name}`, async () => {
    await synthesizeProject(project);
    await rm(path.join(OUTDIR, "stacks", name, RECOVERY_FILE), { force: true });
    requireSeenFolder(stackFolder(name));
    return work(new Terraform(name, OUTDIR));
  });
}
