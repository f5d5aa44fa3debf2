import { adoptionOf } from "../../../cli/adopt/plan";
import type { TakenOver } from "../../../cli/adopt/taken-over";
import type { ProjectSettings } from "../../../settings/schema";
import { draw, ENVIRONMENT } from "../../support/drawn/draw";
import { synthesized } from "../../support/synth";
import { deployed } from "./own-pool";

const SEED = Number(process.env.SETTINGS_SEED ?? 1);
const COUNT = Number(process.env.SETTINGS_DRAWN ?? 40);

/** Without those of a pool that is managed elsewhere: nothing is made there that could be adopted. */
const drawn = draw(SEED, COUNT)
  .flatMap(({ admitted }) => admitted ?? [])
  .filter(({ environments }) => environments[ENVIRONMENT]?.existingPool === undefined);

async function keptOf({ environments, ...project }: ProjectSettings) {
  const { adopted: _, ...settings } = environments[ENVIRONMENT] ?? {};
  const document = synthesized({ ...project, environments: { [ENVIRONMENT]: settings } })[ENVIRONMENT];
  if (!document) throw new Error("not synthesized");
  const existing = deployed(document);
  const client = existing.clients.find(({ id }) => id.endsWith("/user_pool_client"))?.id.split("/")[1];
  const { taken, left, refused } = await adoptionOf(existing, {
    project: "one-account",
    environment: "adopted",
    client,
  });
  return {
    left: left.map(({ id }) => id),
    kept: Object.fromEntries(taken.flatMap(keptArguments)),
    refused,
  };
}

/** The role that sends texts stays the pool's: that it is one of this project's making is not to be seen. */
function keptArguments({ address, keep: { sms_configuration: _, generate_secret: __, ...keep } }: TakenOver) {
  return Object.keys(keep).length > 0 ? [[address, keep] as const] : [];
}

it(`${COUNT} pools that this project would make (SETTINGS_SEED=${SEED}) are written as settings, argument by argument`, async () => {
  const different = [];
  for (const project of drawn) {
    const result = await keptOf(project).catch((error: Error) => ({ error: error.message }));
    if (JSON.stringify(result) !== JSON.stringify({ left: [], kept: {}, refused: [] })) different.push(result);
  }
  expect(different).toEqual([]);
});
