import { renderText } from "../../review/render/text";
import type { Report } from "../../review/report";
import { isBlocked } from "../../review/resource";
import { Failure } from "../failure";
import { printColoured } from "../print";
import { currentProject, stackNames } from "../project";
import { reviewAllowing, uselessAllowance } from "../review/allowances";
import { planOf } from "../review/plan-file";
import type { Deployment } from "./deployment";
import type { PlanJson } from "./plan-json";

/** Reviews the plan, and prints the verdict. Throws where something is allowed that is not blocked. */
export function judge(json: PlanJson, stack: string, deployment: Deployment): Report {
  const { command, allow, allowFile, allowAll, savedPlan = "The plan" } = deployment;
  const plan = planOf(stack, savedPlan, json);
  const environments = stackNames(currentProject());
  const everything = allowAll ? blockedIn(reviewAllowing(plan, stack, {}).report) : undefined;
  const { report, unused } = reviewAllowing(plan, stack, { allow: everything ?? allow, allowFile, environments });
  if (unused.length > 0 && !everything) {
    throw new Failure(`Nothing was changed. ${uselessAllowance(report, unused)}`, 64);
  }
  show(report, command);
  return report;
}

/** Throws a {@link Failure} with exit code 3 for a plan that is blocked; how to go on stands in the review. */
export function refuseBlocked({ verdict }: Report, command: string, destroysEverything: boolean): void {
  if (verdict !== "blocked") return;
  const everything = destroysEverything ? ` For everything at once: ${command} --allow-all` : "";
  throw new Failure(`Nothing was changed: the plan is blocked.${everything}`, 3);
}

function blockedIn({ resources, configuration }: Report): string[] {
  return [...resources, ...configuration].filter(isBlocked).map(({ address }) => address);
}

/** Terraform has shown what changes: what is left to say is the verdict, and what was found. */
function show(report: Report, command: string): void {
  const colour = process.stdout.isTTY === true && !process.env.NO_COLOR;
  const found = { ...report, resources: report.resources.filter(({ findings }) => findings.length > 0), outputs: [] };
  printColoured(`\n${renderText(found, { colour, allowWith: { command } })}`);
}
