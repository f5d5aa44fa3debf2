import { readFile } from "node:fs/promises";
import path from "node:path";
import { runChild } from "../child";
import { Failure } from "../failure";
import type { ReportOptions } from "../options";
import { anyPlan, isSavedPlan, parsedPlan } from "../review/plan-file";
import { printReview } from "../review/print-review";
import { withWhatTofuLeavesOut } from "../review/tofu-plan";
import { plain } from "../terraform";
import { missingProgram, terraformName, terraformProgram } from "../terraform-program";

export interface ReviewFileOptions extends ReportOptions {
  readonly allow?: readonly string[];
}

/** Prints the review of a plan of any Terraform configuration; answers the exit code. `command` is how it was called. */
export async function reviewFile(file: string, options: ReviewFileOptions, command: string): Promise<number> {
  const { allow, ...output } = options;
  const content = await readFile(file);
  const plan = anyPlan(isSavedPlan(content) ? await shown(file, content) : parsedPlan(content, file), file);
  return printReview(plan, plan.workspace ?? path.basename(file), { allow }, output, command);
}

/** A saved plan as JSON: Terraform needs the providers for that, so it is run in the working directory. */
async function shown(file: string, content: Buffer): Promise<unknown> {
  const finished = await runChild(terraformProgram(), ["show", "-json", file]).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "ENOENT" ? new Failure(missingProgram()) : error;
  });
  if (finished.code !== 0) {
    throw new Failure(
      `${terraformName()} show failed. Call this where the plan was made, after init. It says:\n${plain(finished.stderr).trim()}`,
    );
  }
  return withWhatTofuLeavesOut(JSON.parse(finished.stdout), content);
}
