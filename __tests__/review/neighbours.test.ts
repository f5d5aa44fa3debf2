import { readPlan } from "../../review/plan";
import { review } from "../../review/report";
import { Edited } from "../support/plans/edited";
import { findingsOf, planJson } from "../support/plans/fixture";
import { CLIENT_NEIGHBOURS } from "../support/plans/neighbours/client";
import { FUNCTION_NEIGHBOURS } from "../support/plans/neighbours/function";
import { POOL_NEIGHBOURS } from "../support/plans/neighbours/pool";
import { REST_NEIGHBOURS } from "../support/plans/neighbours/rest";

const NEIGHBOURS = [...FUNCTION_NEIGHBOURS, ...CLIENT_NEIGHBOURS, ...POOL_NEIGHBOURS, ...REST_NEIGHBOURS];

it.each(NEIGHBOURS.map((one) => [one.title, one] as const))("a plan is blocked where %s", (_, neighbour) => {
  const { plan, stack = "prod", edit, rule } = neighbour;
  const edited = new Edited(planJson(plan));
  edit(edited);
  const report = review(readPlan(edited.json), stack);
  expect(report.verdict).toBe("blocked");
  expect([...Object.values(findingsOf(report)).flat(), ...report.problems.map(() => "problem")]).toContain(rule);
});
