import type { Benchmark } from "../../bench/measure/benchmark";
import { met, outcomes } from "../../bench/measure/result";
import { interleaved, run } from "../../bench/measure/run";

/** A subject that notes when it is measured, and takes as long as it is told. */
function subject(name: string, order: string[], ms = 1) {
  return {
    name,
    async measure(round: number) {
      order.push(`${name}${round}`);
      return { ms: round === 0 ? 1000 : ms };
    },
  };
}

const goal = { what: "a claim", subject: "ours", baseline: "theirs", unit: "ms" } as const;

it("measures in turns, forwards and backwards, and leaves the first round out", async () => {
  const order: string[] = [];
  const series = await interleaved([subject("a", order), subject("b", order, 2)], 3, () => {});
  expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2", "b3", "a3"]);
  expect(series).toEqual([
    { subject: "a", unit: "ms", samples: [1, 1, 1] },
    { subject: "b", unit: "ms", samples: [2, 2, 2] },
  ]);
});

it("what is measured once is no time, and needs no warm-up", async () => {
  const order: string[] = [];
  await interleaved([subject("a", order)], 1, () => {});
  expect(order).toEqual(["a0"]);
});

it("a goal is reached by the median of paired ratios", () => {
  const series = [
    { subject: "ours", unit: "ms", samples: [1, 2, 9] },
    { subject: "theirs", unit: "ms", samples: [2, 4, 6] },
  ] as const;
  const [reached, missed] = outcomes(
    [
      { ...goal, atMost: 0.5 },
      { ...goal, atMost: 0.49 },
    ],
    series,
  );
  expect(reached).toMatchObject({ reached: { median: 0.5, quartiles: [0.5, 1] } });
  expect([reached, missed].map((outcome) => outcome && met(outcome))).toEqual([true, false]);
});

it("a goal whose baseline was skipped is neither met nor missed", () => {
  const [outcome] = outcomes([{ ...goal, atMost: 1 }], [{ subject: "ours", unit: "ms", samples: [1] }]);
  expect(outcome).not.toHaveProperty("reached");
  expect(outcome && met(outcome)).toBeUndefined();
});

it("what was prepared is closed, also where measuring fails", async () => {
  const close = jest.fn(async () => {});
  const broken = { name: "ours", measure: () => Promise.reject(new Error("on purpose")) };
  const benchmark: Benchmark = {
    title: "",
    how: "",
    rounds: 1,
    goals: [],
    prepare: async () => ({ subjects: [broken], close }),
  };
  const options = { name: "x", rounds: 1, note: () => {}, onProgress: () => {} };
  await expect(run(benchmark, options)).rejects.toThrow("on purpose");
  expect(close).toHaveBeenCalledTimes(1);
});
