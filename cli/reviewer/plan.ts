import { readFileSync } from "node:fs";
import { readPlan, UnreadablePlan } from "../../review/plan";
import { renderText } from "../../review/render/text";
import { Failure } from "../failure";
import { print } from "../print";
import { reviewAllowing } from "../review/allowances";
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
  const plan = readable(textOf(options.plan));
  if (plan.workspace !== environment) {
    throw new Failure(`This is a plan of ${plan.workspace ?? "another project's stack"}, not of ${environment}.`, 64);
  }
  const { report } = reviewAllowing(plan, environment, {
    allowFile: options["allow-file"],
    typesFile: options["types-file"],
  });
  print(renderText(report, { colour: false, allowWith: "file" }));
  const changed = options.base === undefined ? "" : changedSince(options.base);
  if (changed !== "") print(`\nThis pull request changes what decides: ${changed}.`);
  return report.exitCode;
}

function changedSince(commit: string): string {
  const names = git("diff", "--name-only", commit, "--", ...DECIDING.map((name) => `:(top)${name}`));
  return names.trim().replaceAll("\n", ", ");
}

function textOf(file: string | undefined): string {
  try {
    return readFileSync(file ?? STANDARD_INPUT, "utf8");
  } catch (error) {
    throw new Failure(`${file ?? "Standard input"} cannot be read (${(error as NodeJS.ErrnoException).code}).`, 64);
  }
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
