import { review } from "../../../review/report";
import { DANGEROUS } from "../../support/plans/dangerous";
import { findingsOf, planOf, SCENARIOS, sentencesOf } from "../../support/plans/fixture";
import { HARMLESS, WEEKLY } from "../../support/plans/harmless";

const stackOf = ({ stack = "prod" }: { readonly stack?: string }) => stack;

it.each(DANGEROUS.map((scenario) => [scenario.name, scenario] as const))("%s is blocked", (name, scenario) => {
  const { rule, says = "", allowable = true } = scenario;
  const plan = planOf(name);
  const report = review(plan, stackOf(scenario));
  expect(report).toMatchObject({ verdict: "blocked", exitCode: 3 });
  expect(says).not.toBe("");
  expect(sentencesOf(report).join("\n")).toContain(says);
  const findings = [...report.resources, ...report.configuration].flatMap((one) => one.findings);
  const saying = findings.filter(({ why }) => why.includes(says)).map((finding) => finding.rule);
  expect(rule === undefined ? report.problems.length : saying).toEqual(
    rule === undefined ? 1 : expect.arrayContaining([rule]),
  );

  const addresses = Object.keys(findingsOf(report));
  const allowed = review(plan, stackOf(scenario), { addresses });
  // What is only in the configuration, and changes nothing, leaves nothing to do.
  expect([allowed.exitCode === 3, allowed.verdict]).toEqual([
    !allowable,
    allowable ? expect.not.stringMatching("blocked") : "blocked",
  ]);
});

it.each(HARMLESS.map((scenario) => [scenario.name, scenario] as const))("%s passes", (name, scenario) => {
  const { verdict = "changes" } = scenario;
  const report = review(planOf(name), stackOf(scenario));
  expect(findingsOf(report)).toEqual({});
  expect(report).toMatchObject({ problems: [], verdict, exitCode: { nothing: 0, changes: 2 }[verdict] });
});

it("what a team changes every week are at least twelve kinds, all of them signed without being asked twice", () => {
  expect(WEEKLY.length).toBeGreaterThanOrEqual(12);
  expect(WEEKLY.every(({ verdict = "changes" }) => verdict === "changes")).toBe(true);
});

it("every scenario has a name of its own", () => {
  expect(new Set(SCENARIOS.map(({ name }) => name)).size).toBe(SCENARIOS.length);
});
