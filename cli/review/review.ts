import { readFile } from "node:fs/promises";
import path from "node:path";
import { driftReport } from "../../review/drift";
import type { Plan } from "../../review/plan";
import { recordedAttributes } from "../../review/recorded";
import { renderDriftMarkdown } from "../../review/render/markdown";
import { renderDriftText } from "../../review/render/text";
import { inTemporaryFolder } from "../cleanup";
import type { Allowances, ReportOptions } from "../options";
import { note } from "../print";
import { currentProject, requireStack, stackFolder, stackNames } from "../project";
import { withStack } from "../stack";
import type { Terraform } from "../terraform";
import { isSavedPlan, parsedPlan, planFile, planOf } from "./plan-file";
import { printReport, printReview } from "./print-review";
import { requireSeenPlan } from "./unseen";

export interface ReviewOptions extends ReportOptions, Allowances {
  /** A plan that was made before, as Terraform saves it or as JSON. */
  readonly plan?: string;
}

/** Prints the review of a plan; answers the exit code. `command` is how it was called. */
export async function reviewPlan(stack: string, options: ReviewOptions, command: string): Promise<number> {
  const { plan: named, allow, allowFile, ...output } = options;
  const project = currentProject();
  requireStack(project, stack);
  const plan =
    named === undefined ? await newPlan(stack, "review", [], async (plan) => plan) : await savedPlan(stack, named);
  return printReview(plan, stack, { allow, allowFile, environments: stackNames(project) }, output, command);
}

/** Prints what was changed outside of Terraform; answers the exit code. */
export async function showDrift(stack: string, output: ReportOptions): Promise<number> {
  const report = await newPlan(stack, "drift", ["-refresh-only"], async (plan, terraform) => {
    const state = await terraform.capture(["state", "pull"]);
    return driftReport(plan, stack, recordedAttributes(state.trim() === "" ? {} : JSON.parse(state)));
  });
  await printReport(report, output, { text: renderDriftText, markdown: renderDriftMarkdown });
  return report.exitCode;
}

function newPlan<T>(
  stack: string,
  what: string,
  options: readonly string[],
  use: (plan: Plan, terraform: Terraform) => Promise<T>,
): Promise<T> {
  return withStack(stack, what, async (terraform) => use(await planned(stack, terraform, options), terraform));
}

/** A new plan of a stack, in its prepared folder. */
export function planned(stack: string, terraform: Terraform, options: readonly string[] = []): Promise<Plan> {
  // A plan holds secrets: it is for this user's eyes only, and goes when it has been read.
  return inTemporaryFolder("plan", async (folder) => {
    const file = path.join(folder, "tfplan");
    note(`Planning ${stack} …`);
    await terraform.capture(["plan", "-input=false", `-out=${file}`, ...options]);
    return read(stack, file, terraform);
  });
}

async function savedPlan(stack: string, named: string): Promise<Plan> {
  const file = planFile(named, stackFolder(stack));
  const content = await readFile(file);
  if (!isSavedPlan(content)) return planOf(stack, named, parsedPlan(content, named));
  return withStack(stack, "review", (terraform) => read(stack, file, terraform));
}

async function read(stack: string, file: string, terraform: Terraform): Promise<Plan> {
  requireSeenPlan(file);
  return planOf(stack, file, await terraform.showJson(file));
}
