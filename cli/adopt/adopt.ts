import { regionOf } from "../../lambda/user-migration/options";
import { cognitoClient } from "../clients";
import { note, print } from "../print";
import { currentProject } from "../project";
import { decisions } from "./decisions";
import type { ExistingPool } from "./existing";
import { adoptionOf } from "./plan";
import { readPool } from "./read-aws";
import { nextSteps, report } from "./report";
import { settingsText, writeSettings } from "./settings-file";

export interface AdoptOptions {
  /** Id of the user pool. */
  readonly pool: string;
  /** Id of the app client that becomes the environment's own. */
  readonly client?: string | undefined;
  readonly overwrite: boolean;
}

/** Writes the settings with which an environment manages a pool that exists. Answers whether a person has nothing to decide. */
export async function adopt(environment: string, { pool, client, overwrite }: AdoptOptions): Promise<boolean> {
  note(`Reading the user pool ${pool} …`);
  const existing = await readPool(cognitoClient(regionOf(pool)), pool);
  return write(existing, environment, { client, overwrite });
}

async function write(
  existing: ExistingPool,
  environment: string,
  { client, overwrite }: Omit<AdoptOptions, "pool">,
): Promise<boolean> {
  const place = { project: currentProject().name, environment, client };
  const adoption = await adoptionOf(existing, place);
  const open = decisions(existing, adoption, place);
  await writeSettings(environment, settingsText(adoption.settings, existing.poolId), overwrite);
  print(report(adoption, existing.unread, open));
  print(nextSteps(environment));
  return open.length === 0;
}
