import { readFileSync } from "node:fs";
import { review } from "../../review/report";
import { RESOURCE_TYPES } from "../../review/types/all";
import { DANGEROUS } from "../support/plans/dangerous";
import { planOf } from "../support/plans/fixture";
import { typeTable } from "../support/review-table";

const page = readFileSync("docs/review.md", "utf8");

it("docs/review.md has the table that the descriptions make", () => {
  expect(page).toContain(typeTable());
});

it("docs/review.md names every rule that the descriptions and the kept plans know, and no other", () => {
  const described = RESOURCE_TYPES.flatMap(({ attributes, forgotten }) => [
    ...Object.values(attributes).flatMap(({ rule }) => rule ?? []),
    ...(forgotten ? [forgotten.rule] : []),
  ]);
  const found = DANGEROUS.flatMap(({ name }) => {
    const { resources, configuration } = review(planOf(name), "prod");
    return [...resources, ...configuration].flatMap(({ findings }) => findings.map(({ rule }) => rule));
  });
  const [, list = ""] = /## Rules\n([\s\S]*?)\n## /.exec(page) ?? [];
  const table = list.split("\n").filter((line) => line.startsWith("| "));
  const named = [...table.join("\n").matchAll(/`([a-z0-9-]+)`/g)].map(([, rule]) => rule ?? "");
  expect([...new Set(named)].sort()).toEqual([...new Set([...described, ...found])].sort());
});
