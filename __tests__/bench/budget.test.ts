import { budgetFor, overruns, partOf, presentSize, readBudget } from "../../bench/budget";

it("the function's bundle is no larger than its budget (npm run bench -- budget takes the present size)", async () => {
  expect(overruns(await presentSize(), await readBudget())).toEqual([]);
});

it("what grew, and what is new, is named with its bytes", () => {
  const budget = { total: 1000, parts: { "lambda/a.ts": 500, "@smithy/core": 400 } };
  const size = { total: 1100, parts: { "lambda/a.ts": 500, "@smithy/core": 450, "left-pad": 90 } };
  expect(overruns(size, budget)).toEqual([
    "@smithy/core: 450 bytes, 50 more than its 400",
    "left-pad: 90 bytes, 90 more than its 0",
    "all of it: 1100 bytes, 100 more than its 1000",
  ]);
});

it("a budget leaves every part a little room, and lists the largest first", () => {
  const budget = budgetFor({ total: 1000, parts: { small: 1, empty: 0, large: 255, exact: 256 } });
  expect(budget).toEqual({ total: 1024, parts: { exact: 384, large: 256, small: 128 } });
  expect(Object.keys(budget.parts)).toEqual(["exact", "large", "small"]);
});

it.each([
  ["node_modules/@smithy/core/dist-es/index.js", "@smithy/core"],
  ["node_modules/a/node_modules/b/index.js", "b"],
  ["lambda/aws/client.ts", "lambda/aws/client.ts"],
])("%s counts for %s", (file, part) => {
  expect(partOf(file)).toBe(part);
});
