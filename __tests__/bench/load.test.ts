import { Quota } from "../../bench/load/quota";
import { LIST_USERS, simulate } from "../../bench/load/simulation";
import { generator, inVirtualTime } from "../../bench/load/virtual-time";

it("virtual time fires timers in order, without waiting", async () => {
  const rang: Array<[string, number]> = [];
  await inVirtualTime(1, async (until) => {
    const ring = (name: string) => () => rang.push([name, Date.now()]);
    setTimeout(ring("late"), 5000);
    setTimeout(ring("early"), 1000);
    setTimeout(ring("second early"), 1000);
    await until(3_600_000);
    rang.push(["hour", Date.now()]);
  });
  expect(rang).toEqual([
    ["early", 1000],
    ["second early", 1000],
    ["late", 5000],
    ["hour", 3_600_000],
  ]);
});

it("real time and randomness are restored afterwards, also after a failure", async () => {
  const real = [Date.now, globalThis.setTimeout, Math.random];
  await expect(inVirtualTime(1, () => Promise.reject(new Error("on purpose")))).rejects.toThrow("on purpose");
  expect([Date.now, globalThis.setTimeout, Math.random]).toEqual(real);
});

it("a generator gives the same numbers for the same seed, from 0 to 1, on average one half", () => {
  const [one, same, other] = [generator(1), generator(1), generator(2)];
  const numbers = Array.from({ length: 10_000 }, one);
  expect(numbers.slice(0, 5)).toEqual(Array.from({ length: 5 }, same));
  expect(numbers.slice(0, 5)).not.toEqual(Array.from({ length: 5 }, other));
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(numbers.reduce((sum, number) => sum + number) / numbers.length).toBeCloseTo(0.5, 1);
});

it("a quota holds one second's calls and fills evenly", () => {
  const quota = new Quota(10);
  const taken = (now: number) => Array.from({ length: 20 }, () => quota.take(now)).filter(Boolean).length;
  expect([taken(5000), taken(5000), taken(5500), taken(60_000)]).toEqual([10, 0, 5, 10]);
});

it("below the quota every sign-up is admitted, with one call each if one look-up is enough", async () => {
  const load = await simulate("reserved", 10, 10);
  expect(load).toMatchObject({ failedClosed: 0, calls: 1 });
  expect(load.admitted).toBeGreaterThan(5);
});

it("above the quota only looked-up sign-ups are admitted; the rest fails closed", async () => {
  const load = await simulate("reserved", 60, 20);
  // The bucket holds one second's calls at the start, and the last sign-ups retry after the end.
  expect(load.admitted).toBeLessThanOrEqual(LIST_USERS * (22 / 20));
  expect(load.admitted).toBeGreaterThan(LIST_USERS * 0.9);
  expect(load.failedClosed).toBeGreaterThan(10);
});

it("a simulation gives the same result every time", async () => {
  expect(await simulate("directory", 20, 5)).toEqual(await simulate("directory", 20, 5));
});
