import { measureInTurns, outcomeOf } from "../../bench/measure";

/** A subject that notes when it is measured, and is slow in the first round. */
function subject(name: string, order: string[], measured = 1) {
  return {
    name,
    async measure(round: number) {
      order.push(`${name}${round}`);
      return round === 0 ? 1000 : measured;
    },
  };
}

const goal = { subject: "ours", baseline: "theirs", atMost: 0.5 };

it("subjects are measured in turns, forwards and backwards, and the first round is left out", async () => {
  const order: string[] = [];
  const samples = await measureInTurns([subject("a", order), subject("b", order, 2)], 3, () => {});
  expect(order).toEqual(["a0", "b0", "b1", "a1", "a2", "b2", "b3", "a3"]);
  expect([...samples]).toEqual([
    ["a", [1, 1, 1]],
    ["b", [2, 2, 2]],
  ]);
});

it("a size is measured once, without a warm-up", async () => {
  const order: string[] = [];
  expect([...(await measureInTurns([subject("a", order)], 1, () => {}))]).toEqual([["a", [1000]]]);
  expect(order).toEqual(["a0"]);
});

it("a machine that is slow in some rounds changes no ratio", () => {
  const samples = new Map([
    ["ours", [50, 50, 250, 250]],
    ["theirs", [100, 100, 500, 500]],
  ]);
  expect(outcomeOf(goal, samples)).toEqual({ ...goal, medians: [150, 300], ratio: 0.5, quartiles: [0.5, 0.5] });
});

it("a goal of which one side was not measured has no outcome", () => {
  expect(outcomeOf(goal, new Map([["ours", [1]]]))).toBeUndefined();
});
