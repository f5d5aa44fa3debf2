import { renderText } from "../../review/render/text";
import { type Report, review, unusedAllowances } from "../../review/report";
import { isBlocked } from "../../review/resource";
import { Failure } from "../failure";
import { print } from "../print";
import { allowedIn } from "../review/allow-file";
import { planOf } from "../review/plan-file";
import type { Deployment } from "./deployment";
import type { PlanJson } from "./plan-json";

/** Reviews the plan, and prints the verdict. Throws where something is allowed that is not blocked. */
export async function judge(json: PlanJson, stack: string, deployment: Deployment): Promise<Report> {
  const { allow = [], allowFile, allowAll, savedPlan = "The plan" } = deployment;
  const plan = planOf(stack, savedPlan, json);
  const inFile = allowFile === undefined ? [] : await allowedIn(allowFile, stack);
  const allowed = allowAll ? blockedIn(review(plan, stack)) : [...allow, ...inFile];
  const report = review(plan, stack, allowed);
  show(report);
  const unused = allowAll ? [] : unusedAllowances(report, allow);
  if (unused.length > 0) throw new Failure(`Nothing was changed: nothing is blocked at ${unused.join(", ")}.`, 64);
  return report;
}

/** Throws a {@link Failure} with exit code 3 for a plan that is blocked; it says how to go on if the plan is meant. */
export function refuseBlocked(report: Report, command: string, destroysEverything: boolean): void {
  if (report.verdict !== "blocked") return;
  if (report.problems.length > 0) {
    throw new Failure("Nothing was changed: the plan cannot be deployed, and no --allow helps.", 3);
  }
  const allowances = blockedIn(report).map((address) => ` --allow ${quoted(address)}`);
  throw new Failure(
    "Nothing was changed: the plan is blocked. If all of this is meant:\n" +
      `  ${command}${allowances.join("")}` +
      (destroysEverything ? `\nor, for everything at once:\n  ${command} --allow-all` : ""),
    3,
  );
}

function blockedIn({ resources }: Report): string[] {
  return resources.filter(isBlocked).map(({ address }) => address);
}

/** Terraform has shown what changes: what is left to say is the verdict, and what was found. */
function show(report: Report): void {
  const toRead = { ...report, resources: report.resources.filter(({ findings }) => findings.length > 0), outputs: [] };
  print(`\n${renderText(toRead, { colour: process.stdout.isTTY === true && !process.env.NO_COLOR })}`);
}

/** An address as a shell takes it. */
function quoted(address: string): string {
  return /^[\w.-]+$/.test(address) ? address : `'${address}'`;
}
