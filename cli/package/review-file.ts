import { readFile } from "node:fs/promises";
import path from "node:path";
import { outputOf } from "../child";
import type { ReportOptions } from "../options";
import { anyPlan, isSavedPlan, parsedPlan } from "../review/plan-file";
import { printReview } from "../review/print-review";

export interface ReviewFileOptions extends ReportOptions {
  readonly allow?: readonly string[];
}

/** Prints the review of a plan of any Terraform configuration; answers the exit code. `command` is how it was called. */
export async function reviewFile(file: string, options: ReviewFileOptions, command: string): Promise<number> {
  const { allow, ...output } = options;
  const content = await readFile(file);
  const document = isSavedPlan(content)
    ? JSON.parse((await outputOf("terraform", ["show", "-json", file])).stdout)
    : parsedPlan(content, file);
  const plan = anyPlan(document, file);
  return printReview(plan, plan.workspace ?? path.basename(file), { allow }, output, command);
}
