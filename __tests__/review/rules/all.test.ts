import { review } from "../../../review/report";
import { BLOCKING, WARNING } from "../../../review/rules/all";
import { DANGEROUS } from "../../support/plans/dangerous";
import { findingsOf, planOf, SCENARIOS } from "../../support/plans/fixture";
import { HARMLESS } from "../../support/plans/harmless";

const judged = [...DANGEROUS, ...HARMLESS].map((scenario) => {
  const plan = planOf(scenario.name);
  return { scenario, plan, report: review(plan, "prod") };
});

it.each(DANGEROUS.map((scenario) => [scenario.name, scenario] as const))("%s is blocked", (name, { finds = {} }) => {
  const report = review(planOf(name), "prod");
  expect(findingsOf(report)).toEqual(finds);
  expect(report).toMatchObject({ verdict: "blocked", exitCode: 3 });
});

it.each(HARMLESS.map((scenario) => [scenario.name, scenario] as const))(
  "%s passes",
  (name, { finds = {}, verdict = "changes" }) => {
    const report = review(planOf(name), "prod");
    expect(findingsOf(report)).toEqual(finds);
    expect(report).toMatchObject({ verdict, exitCode: { nothing: 0, changes: 2 }[verdict] });
  },
);

describe.each([...BLOCKING, ...WARNING].map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const seen = judged.flatMap(({ scenario, report, plan }) =>
    plan.resources
      .filter(({ type, action }) => rule.types.includes(type) && action !== "none")
      .map(({ address }) => ({ name: scenario.name, found: findingsOf(report)[address]?.includes(id) ?? false })),
  );

  it("finds something in a plan that Terraform made", () => {
    expect(seen.filter(({ found }) => found)).not.toEqual([]);
  });

  it("finds nothing in another that changes a resource of its type", () => {
    expect(seen.filter(({ found }) => !found)).not.toEqual([]);
  });
});

it("every scenario has a name of its own", () => {
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
});

it("no two rules have the same id", () => {
  const ids = [...BLOCKING, ...WARNING].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});
