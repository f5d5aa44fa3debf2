import { explore } from "./explore";
import { foundBy, MUTANTS, seeds } from "./mutants";

const RUNS = 2000;
const RUNS_FOR_A_MUTANT = 1000;

it(`the protocol has no fault in ${RUNS} runs`, async () => {
  for (let seed = 1; seed <= RUNS; seed++) {
    const { violations, events } = await explore(seed);
    if (violations.length > 0) throw new Error(`seed ${seed}\n${events.join("\n")}\n${violations.join("\n")}`);
  }
}, 300_000);

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
