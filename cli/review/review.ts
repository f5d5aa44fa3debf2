import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { driftReport } from "../../review/drift";
import type { Plan } from "../../review/plan";
import { recordedAttributes } from "../../review/recorded";
import { renderDriftMarkdown, renderMarkdown } from "../../review/render/markdown";
import { renderDriftText, renderText } from "../../review/render/text";
import { inTemporaryFolder } from "../cleanup";
import { Failure } from "../failure";
import type { Allowances, ReportOptions } from "../options";
import { note, print, printColoured } from "../print";
import { currentProject, requireStack, stackFolder, stackNames } from "../project";
import { withStack } from "../stack";
import type { Terraform } from "../terraform";
import { reviewAllowing, uselessAllowance } from "./allowances";
import { isSavedPlan, planFile, planOf } from "./plan-file";
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
  const environments = stackNames(project);
  const { report, unused } = reviewAllowing(plan, stack, { allow, allowFile, environments });
  if (unused.length > 0) throw new Failure(uselessAllowance(report, unused), 64);
  const allowWith = { command };
  await write(report, output, {
    text: (shown, { colour }) => renderText(shown, { colour, allowWith }),
    markdown: (shown) => renderMarkdown(shown, { allowWith }),
  });
  return report.exitCode;
}

/** Prints what was changed outside of Terraform; answers the exit code. */
export async function showDrift(stack: string, output: ReportOptions): Promise<number> {
  const report = await newPlan(stack, "drift", ["-refresh-only"], async (plan, terraform) => {
    const state = await terraform.capture(["state", "pull"]);
    return driftReport(plan, stack, recordedAttributes(state.trim() === "" ? {} : JSON.parse(state)));
  });
  await write(report, output, { text: renderDriftText, markdown: renderDriftMarkdown });
  return report.exitCode;
}

function newPlan<T>(
  stack: string,
  what: string,
  options: readonly string[],
  use: (plan: Plan, terraform: Terraform) => Promise<T>,
): Promise<T> {
  return withStack(stack, what, (terraform) =>
    // A plan holds secrets: it is for this user's eyes only, and goes when it has been read.
    inTemporaryFolder("plan", async (folder) => {
      const file = path.join(folder, "tfplan");
      note(`Planning ${stack} …`);
      await terraform.capture(["plan", "-input=false", `-out=${file}`, ...options]);
      return use(await read(stack, file, terraform), terraform);
    }),
  );
}

async function savedPlan(stack: string, named: string): Promise<Plan> {
  const file = planFile(named, stackFolder(stack));
  const content = await readFile(file);
  if (!isSavedPlan(content)) return planOf(stack, named, parsed(content, named));
  return withStack(stack, "review", (terraform) => read(stack, file, terraform));
}

async function read(stack: string, file: string, terraform: Terraform): Promise<Plan> {
  requireSeenPlan(file);
  return planOf(stack, file, await terraform.showJson(file));
}

function parsed(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    throw new Failure(`${file} is neither a plan that Terraform saved, nor the JSON of \`terraform show -json\`.`);
  }
}

async function write<Report extends { readonly verdict: string }>(
  report: Report,
  { format, out }: ReportOptions,
  render: { text(report: Report, options: { colour: boolean }): string; markdown(report: Report): string },
): Promise<void> {
  const colour = out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = {
    text: () => render.text(report, { colour }),
    markdown: () => render.markdown(report),
    json: () => JSON.stringify(report, null, 2),
  }[format]();
  if (out === undefined) return printColoured(text);
  await writeFile(out, `${text}\n`);
  print(report.verdict);
}
