import { readFileSync } from "node:fs";
import { readPlan, UnreadablePlan } from "../../review/plan";
import { renderText } from "../../review/render/text";
import { review } from "../../review/report";
import { Failure } from "../failure";
import { print } from "../print";
import { allowedIn } from "../review/allow-file";
import { git } from "./git";

export interface PlanOptions {
  readonly plan?: string | undefined;
  readonly "allow-file"?: string | undefined;
  readonly "types-file"?: string | undefined;
  readonly base?: string | undefined;
}

/** What an approval should look at beside the plan: order of promotion, and what is let through. */
const DECIDING = ["atlantis.yaml", "review-allow.txt", "review-types.txt"];

const STANDARD_INPUT = 0;

/** Prints the review of a plan's JSON; answers the exit code. */
export async function reviewPlan(environment: string, options: PlanOptions): Promise<number> {
  const plan = readable(readFileSync(options.plan ?? STANDARD_INPUT, "utf8"));
  if (plan.workspace !== environment) {
    throw new Failure(`This is a plan of ${plan.workspace ?? "another project's stack"}, not of ${environment}.`, 64);
  }
  const allowFile = options["allow-file"];
  const addresses = allowFile === undefined ? [] : await allowedIn(allowFile, environment);
  const report = review(plan, environment, addresses);
  const blocked = report.resources.filter(({ findings }) => findings.some(({ kind }) => kind === "blocked"));
  const text = renderText(report, { colour: false }).replace(/\n\nIf all of what is blocked is meant:\n.*$/, "");
  const lines = blocked.map(({ address }) => `    ${environment} ${address}`);
  const advice = ["", "If all of what is blocked is meant, a line for each in review-allow.txt:", ...lines];
  print([text, ...(lines.length > 0 ? advice : [])].join("\n"));
  const changed = options.base === undefined ? "" : changedSince(options.base);
  if (changed !== "") print(`\nThis pull request changes what decides: ${changed}.`);
  return report.exitCode;
}

function changedSince(commit: string): string {
  const names = git("diff", "--name-only", commit, "--", ...DECIDING.map((name) => `:(top)${name}`));
  return names.trim().replaceAll("\n", ", ");
}

function readable(text: string) {
  try {
    return readPlan(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) throw new Failure("What `terraform show -json` printed is not JSON.");
    if (error instanceof UnreadablePlan) throw new Failure(`The plan cannot be judged: ${error.message}`);
    throw error;
  }
}
