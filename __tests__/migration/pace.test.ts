import { Pace } from "../../migration/pace";
import { inVirtualTime } from "../support/virtual-time";

it("spreads calls evenly", async () => {
  const turns = await inVirtualTime(() => {
    const pace = new Pace(50);
    const start = Date.now();
    return Promise.all(Array.from({ length: 6 }, () => pace.turn().then(() => Date.now() - start)));
  }, 100);
  expect(turns).toEqual([0, 20, 40, 60, 80, 100]);
});

it("does not save up turns while nobody calls", async () => {
  const waited = await inVirtualTime(async () => {
    const pace = new Pace(20);
    await pace.turn();
    await new Promise((resolve) => setTimeout(resolve, 200));
    const start = Date.now();
    await pace.turn();
    await pace.turn();
    return Date.now() - start;
  }, 250);
  expect(waited).toBe(50);
});
