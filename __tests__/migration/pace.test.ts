import { Pace } from "../../migration/pace";

it("spreads calls evenly", async () => {
  const pace = new Pace(50);
  const start = Date.now();
  const turns = await Promise.all(Array.from({ length: 6 }, () => pace.turn().then(() => Date.now() - start)));
  // The sixth call is five times 20 ms after the first; timers may be late, not early.
  expect(turns.at(-1)).toBeGreaterThanOrEqual(95);
  expect(turns).toEqual([...turns].sort((a, b) => a - b));
});

it("does not save up turns while nobody calls", async () => {
  const pace = new Pace(20);
  await pace.turn();
  await new Promise((resolve) => setTimeout(resolve, 200));
  const start = Date.now();
  await pace.turn();
  await pace.turn();
  expect(Date.now() - start).toBeGreaterThanOrEqual(45);
});
