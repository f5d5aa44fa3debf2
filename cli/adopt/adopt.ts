import { readFile } from "node:fs/promises";
import { regionOf } from "../../lambda/user-migration/options";
import { cognitoClient } from "../clients";
import { note, print } from "../print";
import { currentProject } from "../project";
import { decisions } from "./decisions";
import type { FoundPool } from "./existing";
import { refuseManaged, refuseSecondPool } from "./managed";
import { type Adoption, adoptionOf } from "./plan";
import { readPool } from "./read-aws";
import { poolInState } from "./read-state";
import { removedBlocks, removedFile } from "./removed";
import { nextSteps, report } from "./report";
import { settingsFile, settingsText, writeAdopted } from "./settings-file";

interface Options {
  /** Id of the app client that becomes the environment's own. */
  readonly client?: string | undefined;
  readonly overwrite: boolean;
}

/** Writes the settings with which an environment manages a pool of AWS. Answers whether a person has nothing to decide. */
export async function adoptPool(environment: string, pool: string, options: Options): Promise<boolean> {
  note(`Reading the user pool ${pool} …`);
  const project = currentProject();
  const existing = await readPool(cognitoClient(regionOf(pool)), pool);
  refuseManaged(existing, project.name, environment);
  const { region = regionOf(pool) } = project.environments.find(({ name }) => name === environment) ?? {};
  await refuseSecondPool(cognitoClient(region), project, environment, pool);
  const { adoption, open } = await reported(existing, environment, options);
  await writeAdopted(settingsFile(environment), settingsText(adoption.settings, existing.poolId), options.overwrite);
  print(nextSteps(environment));
  return open.length === 0;
}

/**
 * The same of a pool in another module's state, and the blocks with which that module forgets it: that is left to a person.
 *
 * @param file what `terraform show -json` has printed
 */
export async function adoptFromState(
  environment: string,
  file: string,
  pool: string | undefined,
  options: Options,
): Promise<boolean> {
  const existing = poolInState(await readFile(file, "utf8"), file, pool);
  refuseManaged(existing, currentProject().name, environment);
  const { adoption } = await reported(existing, environment, options);
  // Independent of the settings, which may have been read from AWS before.
  const removed = removedBlocks(adoption.taken, existing);
  await writeAdopted(removedFile(environment), removed.text, options.overwrite);
  print(`Written: ${removedFile(environment)}, with which the other module forgets the pool and destroys nothing.`);
  for (const address of removed.tooMuch) {
    print(
      `  - it would forget ${address} as well, which is not taken over: take the block of that resource out of the file, and use \`terraform state rm\` for the instances that are.`,
    );
  }
  await writeAdopted(settingsFile(environment), settingsText(adoption.settings, existing.poolId), options.overwrite);
  print(`First apply ${removedFile(environment)} in the other module. Then:`);
  print(nextSteps(environment));
  // The other module still has the pool.
  return false;
}

/** What is taken over, and what a person has to decide; both are printed. */
async function reported(
  existing: FoundPool,
  environment: string,
  { client }: Options,
): Promise<{ readonly open: readonly string[]; readonly adoption: Adoption }> {
  const { name: project, environments } = currentProject();
  const { imports } = environments.find(({ name }) => name === environment)?.adopted ?? {};
  const place = { project, environment, client, imports };
  const adoption = await adoptionOf(existing, place);
  const open = decisions(existing, adoption, place);
  print(report(adoption, existing.outside, open));
  return { open, adoption };
}
