import { writeFile } from "node:fs/promises";
import path from "node:path";
import { removedAfter } from "../cleanup";
import { deployReviewed } from "../deploy/deploy";
import type { Deployment } from "../deploy/deployment";
import { Failure } from "../failure";
import type { Approvals } from "../options";
import { note, print } from "../print";
import { currentProject, requireStack, stateOf } from "../project";
import { withStack } from "../stack";
import { StateBucket } from "../state/bucket";
import { stateKey } from "../state/keys";
import { holder, releaseLock, stateLock } from "../state/lock";
import type { Terraform } from "../terraform";
import { awsOf } from "./aws";
import { type Found, takenBack } from "./found";
import { plannedWork } from "./planned";
import { RECOVERY_FILE } from "./recovery-file";

export interface RecoverOptions {
  /** Id of the lock to release. */
  readonly unlock?: string | undefined;
  /** Ids of the user pool and of the app client to take back. */
  readonly pool?: string | undefined;
  readonly client?: string | undefined;
  readonly approvals: Approvals;
  /** How the command is called, for advice that adds something to it. */
  readonly command: string;
}

/**
 * Finishes a deployment that was killed. Terraform notes in the state what it made only now and then, so that whatever a
 * killed run made may be in no state: it is imported, and the rest is made, in one plan.
 */
export async function recover(
  name: string,
  { unlock, pool, client, approvals, command }: RecoverOptions,
): Promise<void> {
  const project = currentProject();
  requireStack(project, name);
  const bucket = await StateBucket.of(stateOf(project, name));
  const key = stateKey(project.name, name);
  const lock = await stateLock(bucket, key);
  if (lock && unlock === undefined) {
    throw new Failure(
      `${holder(lock, name)} If that run is dead: \`${command} --unlock ${lock.ID}\`. If it may be alive, wait.`,
    );
  }
  if (lock && unlock !== undefined) {
    await releaseLock(bucket, key, unlock);
    print(`The lock ${unlock} is released.`);
  } else if (unlock !== undefined) {
    note(`Nothing holds the lock on ${name} any more.`);
  }
  await withStack(name, "recover", async (terraform) => {
    const environment = project.environments.find((candidate) => candidate.name === name);
    if (!environment) {
      print(`Now run \`npm run bootstrap -- ${name}\`: it finishes what is half done.`);
      return;
    }
    note("Looking for what is there, but not in the state …");
    const work = await plannedWork(terraform);
    const found = await takenBack(work, { aws: awsOf(environment.region), asked: { pool, client } });
    await finish(terraform, found, { command, ...approvals });
  });
}

async function finish(terraform: Terraform, { imports, untaint }: Found, deployment: Deployment): Promise<void> {
  for (const { address, id } of imports) print(`There already: ${address} (${id})`);
  for (const { address, id } of untaint) {
    // Terraform would destroy it and make another one; an update completes it.
    await terraform.capture(["untaint", address]);
    print(`Half made, to be completed: ${address} (${id})`);
  }
  if (imports.length + untaint.length === 0) print("Nothing of what is to be made is there already.");
  const file = path.join(terraform.folder, RECOVERY_FILE);
  await removedAfter(file, async () => {
    if (imports.length > 0) {
      await writeFile(file, JSON.stringify({ import: imports.map(({ address, id }) => ({ to: address, id })) }));
    }
    await deployReviewed(terraform, deployment).catch(async (error: unknown) => {
      // Nothing was changed where the plan is blocked: what is half made counts as half made again.
      if (error instanceof Failure && error.exitCode === 3)
        for (const { address } of untaint) await terraform.run(["taint", address]);
      throw error;
    });
  });
}
