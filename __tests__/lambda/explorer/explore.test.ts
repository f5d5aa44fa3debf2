import { BOUNDS, explore } from "./explore";
import { foundBy, MUTANTS, seeds } from "./mutants";
import { KINDS, type Kind } from "./pool";

/** Most users of most pools sign in with a username or an e-mail address. */
const RUNS = { email: 1200, phone_number: 400, made: 400 } as const satisfies Record<Kind, number>;
const RUNS_FOR_A_MUTANT = 1000;

it.each(KINDS)(
  "the protocol has no fault in a pool of the kind %s",
  async (kind) => {
    for (let seed = 1; seed <= RUNS[kind]; seed++) {
      const { violations, events } = await explore(seed, BOUNDS, kind);
      if (violations.length > 0)
        throw new Error(`seed ${seed}, ${kind}\n${events.join("\n")}\n${violations.join("\n")}`);
    }
  },
  300_000,
);

it("a seed gives the same run every time", async () => {
  const first = await explore(7);
  expect(first.events.length).toBeGreaterThan(5);
  expect(await explore(7)).toEqual(first);
});

it.each(MUTANTS.map((mutant) => [mutant.what, mutant] as const))(
  "the explorer finds it where %s",
  async (_, mutant) => {
    // The seed that found it first, or any other, should the explorer have changed.
    expect(await foundBy(mutant, [mutant.seed, ...seeds(RUNS_FOR_A_MUTANT)])).toBeDefined();
  },
  300_000,
);
