import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { driftReport } from "../../review/drift";
import { type Plan, readPlan, UnreadablePlan } from "../../review/plan";
import { renderDriftMarkdown, renderMarkdown } from "../../review/render/markdown";
import { renderDriftText, renderText } from "../../review/render/text";
import { review, unusedAllowances } from "../../review/report";
import { Failure } from "../failure";
import type { ReportOptions } from "../options";
import { note, print } from "../print";
import { currentProject, OUTDIR, requireStack } from "../project";
import { withStack } from "../stack";
import type { Terraform } from "../terraform";
import { allowedIn } from "./allow-file";

export interface ReviewOptions extends ReportOptions {
  /** A plan that was made before, as Terraform saves it or as JSON. */
  readonly plan?: string;
  readonly allow: readonly string[];
  /** File of more of them, by environment. */
  readonly allowFile?: string;
}

/** Prints the review of a plan; answers the exit code. */
export async function reviewPlan(stack: string, options: ReviewOptions): Promise<number> {
  const { plan: file, allowFile, ...output } = options;
  requireStack(currentProject(), stack);
  const allow = [...options.allow, ...(allowFile === undefined ? [] : await allowedIn(allowFile, stack))];
  const plan = file === undefined ? await newPlan(stack, "review", []) : await savedPlan(stack, file);
  const report = review(plan, stack, { addresses: allow });
  await write(report, output, { text: renderText, markdown: renderMarkdown });
  const unused = unusedAllowances(report, allow);
  if (unused.length > 0) {
    throw new Failure(
      `Nothing is blocked at ${unused.join(", ")}: take it from what is allowed, or correct the address.`,
      64,
    );
  }
  return report.exitCode;
}

/** Prints what was changed by hand; answers the exit code. */
export async function showDrift(stack: string, output: ReportOptions): Promise<number> {
  const report = driftReport(await newPlan(stack, "drift", ["-refresh-only"]), stack);
  await write(report, output, { text: renderDriftText, markdown: renderDriftMarkdown });
  return report.exitCode;
}

function newPlan(stack: string, what: string, options: readonly string[]): Promise<Plan> {
  return withStack(stack, what, async (terraform) => {
    // A plan holds secrets: it is for this user's eyes only, and goes when it has been read.
    const folder = await mkdtemp(path.join(tmpdir(), "plan-"));
    const file = path.join(folder, "tfplan");
    try {
      note(`Planning ${stack} …`);
      await terraform.capture(["plan", "-input=false", `-out=${file}`, ...options]);
      return await read(stack, file, terraform);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
}

async function savedPlan(stack: string, file: string): Promise<Plan> {
  const content = await contentOf(file, stack);
  // Terraform saves plans as zip archives; anything else has to be JSON.
  if (content.subarray(0, 4).toString("latin1") !== "PK\u0003\u0004")
    return checked(stack, file, parsed(content, file));
  return withStack(stack, "review", (terraform) => read(stack, path.resolve(file), terraform));
}

function contentOf(file: string, stack: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw new Failure(`${file} cannot be read (${error.code}).`);
    const folder = path.join(OUTDIR, "stacks", stack);
    throw new Failure(
      `There is no file ${file}. What \`npm run plan -- ${stack} -out=<file>\` saves is in ${folder}.`,
      64,
    );
  });
}

async function read(stack: string, file: string, terraform: Terraform): Promise<Plan> {
  return checked(stack, file, await terraform.showJson(file));
}

function parsed(content: Buffer, file: string): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    throw new Failure(`${file} is neither a plan that Terraform saved, nor the JSON of \`terraform show -json\`.`);
  }
}

/** A plan of another environment, reviewed as if it were this one's, would be signed for the wrong one. */
function checked(stack: string, file: string, document: unknown): Plan {
  const plan = readable(document, file);
  if (plan.workspace === stack) return plan;
  throw new Failure(
    plan.workspace === undefined
      ? `${file} does not say which environment it is of: it was not made of one of this project's stacks.`
      : `${file} is a plan of ${plan.workspace}, not of ${stack}: review it with \`npm run review -- ${plan.workspace}\`.`,
    64,
  );
}

function readable(document: unknown, file: string): Plan {
  try {
    return readPlan(document);
  } catch (error) {
    if (error instanceof UnreadablePlan) throw new Failure(`${file} cannot be reviewed. ${error.message}`);
    throw error;
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
  if (out === undefined) return print(text);
  await writeFile(out, `${text}\n`);
  print(report.verdict);
}
