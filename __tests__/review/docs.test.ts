import { readFileSync } from "node:fs";
import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { RESOURCE_TYPES } from "../../review/types/all";
import { DANGEROUS } from "../support/plans/dangerous";
import { planOf } from "../support/plans/fixture";
import { NEIGHBOURS } from "../support/plans/neighbours";
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
  const beside = NEIGHBOURS.map(({ rule }) => rule).filter((rule) => rule !== "problem");
  const [, list = ""] = /## Rules\n([\s\S]*?)\n## /.exec(page) ?? [];
  const table = list.split("\n").filter((line) => line.startsWith("| "));
  const named = [...table.join("\n").matchAll(/`([a-z0-9-]+)`/g)].map(([, rule]) => rule ?? "");
  expect([...new Set(named)].sort()).toEqual([...new Set([...described, ...found, ...beside])].sort());
});

describe("the example of docs/review.md", () => {
  const report = review(planOf("domain-renamed"), "prod");

  it("has the program's text", () => {
    const [, example = ""] = /```console\n\$ npm run review -- prod\n([\s\S]*?)```/.exec(page) ?? [];
    const words = (text: string) => text.replaceAll(/[^\S\n]+/g, " ");
    const printed = words(renderText(report, { colour: false })).split("\n");
    const lines = words(example).split("\n");
    expect(lines.length).toBeGreaterThan(10);
    expect(lines.filter((line) => line !== "…" && !printed.includes(line))).toEqual([]);
  });

  it("has the program's JSON, with fewer attributes and outputs", () => {
    const [, example = ""] = /```json\n([\s\S]*?)```/.exec(page) ?? [];
    const shown = JSON.parse(example);
    const [resource] = shown.resources;
    const attributes = expect.arrayContaining(resource.attributes);
    expect(report).toEqual({
      ...shown,
      outputs: expect.arrayContaining(shown.outputs),
      resources: [{ ...resource, attributes }],
    });
  });
});
