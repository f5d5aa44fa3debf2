import { environmentSettings } from "../../settings/schema";
import { type Drawn, draw, ENVIRONMENT, PLACE } from "../support/drawn/draw";
import { environmentOf } from "../support/examples";
import { describeE2e, story } from "./support/describe-e2e";
import { refusedByProvider } from "./support/validate";

/** More of them, and others every time, with `npm run test:settings`; its seed draws the same ones again. */
const COUNT = Number(process.env.SETTINGS_DRAWN ?? 250);
const SEED = Number(process.env.SETTINGS_SEED ?? (process.env.SETTINGS_DRAWN ? Date.now() % 2 ** 31 : 1));
const BATCH = 100;

// As long as any number of them takes.
jest.setTimeout(900_000 + 600 * COUNT);

describeE2e(`${COUNT} settings drawn with SETTINGS_SEED=${SEED}`, () => {
  const step = story();
  let drawn: readonly Drawn[];

  step("are admitted, or refused with the field that stands in the way", async () => {
    drawn = draw(SEED, COUNT);
    const problems = drawn.flatMap(({ refusals }) => refusals);
    expect(
      problems.filter(
        (problem) => !PLACE.test(problem) || !/: (?:it is missing|.* is not allowed); allowed: /s.test(problem),
      ),
    ).toEqual([]);
    // Taking away what is named, or what makes a default a problem, leaves settings that are admitted.
    const stuck = drawn.filter(
      ({ admitted, refusals }) =>
        !admitted && !refusals.some((one) => /^project settings, .*: it is missing; /.test(one)),
    );
    expect(stuck).toEqual([]);
  });

  step("leave enough to look at: most are admitted in the end, and every setting is among them", async () => {
    const admitted = drawn.flatMap(({ admitted }) => admitted ?? []);
    expect(admitted.length).toBeGreaterThan(COUNT * 0.9);
    const used = new Set(admitted.flatMap(({ environments }) => Object.keys(environments[ENVIRONMENT] ?? {})));
    const unused = Object.keys(environmentSettings).filter((name) => name !== "customize" && !used.has(name));
    expect(unused).toEqual([]);
  });

  step("are valid for the real provider where they are admitted", async () => {
    const admitted = drawn.flatMap(({ admitted }) => admitted ?? []);
    for (let first = 0; first < admitted.length; first += BATCH) {
      const batch = admitted.slice(first, first + BATCH);
      expect(await refusedByProvider(batch.map((one) => [one, environmentOf(one, ENVIRONMENT)]))).toEqual([]);
    }
  });
});
