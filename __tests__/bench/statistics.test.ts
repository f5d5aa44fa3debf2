import fc from "fast-check";
import { pairedRatios, quantile, summary } from "../../bench/measure/statistics";

const numbers = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 50 });

it("the median is the middle, or halfway between the two in the middle, whatever the order", () => {
  expect(summary([9, 1, 5])).toEqual({ median: 5, min: 1, max: 9, quartiles: [3, 7] });
  expect(quantile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(quantile([7], 0.25)).toBe(7);
});

it("quantiles lie between the least and the most, and never go down", () => {
  fc.assert(
    fc.property(numbers, (values) => {
      const { min, quartiles, median, max } = summary(values);
      const rising = [min, quartiles[0], median, quartiles[1], max];
      expect(rising).toEqual([...rising].sort((a, b) => a - b));
      expect([min, max]).toEqual([Math.min(...values), Math.max(...values)]);
    }),
  );
});

it("sorts a copy: what was measured keeps its order", () => {
  const values = [3, 1, 2];
  summary(values);
  expect(values).toEqual([3, 1, 2]);
});

it("a machine that is slow for some rounds changes no paired ratio", () => {
  const baseline = [100, 100, 500, 500];
  const ours = [50, 50, 250, 250];
  expect(pairedRatios(ours, baseline)).toEqual([0.5, 0.5, 0.5, 0.5]);
});

it("nothing has no median, and what was not measured together has no ratio", () => {
  expect(() => summary([])).toThrow("no quantile of nothing");
  expect(() => pairedRatios([1, 2], [1])).toThrow("2 and 1 measurements make no pairs");
});
