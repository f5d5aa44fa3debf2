import { copyFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { renderText } from "../../review/render/text";
import { type Report, review, unusedAllowances } from "../../review/report";
import { isBlocked } from "../../review/resource";
import { inTemporaryFolder } from "../cleanup";
import { Failure } from "../failure";
import type { Approvals } from "../options";
import { print } from "../print";
import { allowedIn } from "../review/allow-file";
import { planOf } from "../review/plan-file";
import { Interrupted } from "../signals";
import type { Terraform } from "../terraform";
import { askToGoOn } from "./ask";
import { checkFunctionFiles } from "./function-files";
import { destroysEverything, type PlanJson } from "./plan-json";
import { refuseToDeleteProtected } from "./protection";
import { UNFINISHED } from "./unfinished";

/** What is deployed, and what has been agreed to in advance. */
export interface Deployment extends Approvals {
  /** How the command is called, for those who are told to call it again: `npm run deploy -- dev`. */
  readonly command: string;
  /** Options of `terraform plan`. */
  readonly plan?: readonly string[];
  /** Options of `terraform apply`. */
  readonly apply?: readonly string[];
  /** A plan that was saved before, to be applied instead of a new one. */
  readonly savedPlan?: string | undefined;
  /** Lets everything through that can be allowed. For plans that destroy everything only. */
  readonly allowAll?: boolean;
}

/**
 * The only way in which this project applies anything: a plan is made, or taken as it was saved, reviewed, shown, agreed
 * to, and that very plan is applied. Throws a {@link Failure} with exit code 3, and changes nothing, where it is blocked.
 */
export async function deployReviewed(terraform: Terraform, deployment: Deployment): Promise<void> {
  await inTemporaryFolder("plan", async (folder) => {
    const file = path.join(folder, "tfplan");
    await planInto(file, terraform, deployment);
    const json = (await terraform.showJson(file)) as PlanJson;
    if (deployment.allowAll && !destroysEverything(json)) {
      throw new Failure("Nothing was changed: --allow-all is for a plan that only deletes. Use --allow <address>.", 64);
    }
    const report = await judge(json, terraform.stack, deployment);
    if (report.verdict === "nothing") return;
    refuseBlocked(report, json, deployment);
    refuseToDeleteProtected(json, terraform.stack);
    if (!deployment.autoApprove) await askToGoOn(`Do this to ${terraform.stack}?`);
    await checkFunctionFiles(json, terraform.folder);
    await apply(file, terraform, deployment);
  });
}

/** Leaves the plan in the file, and shows what Terraform says of it. */
async function planInto(file: string, terraform: Terraform, { plan = [], savedPlan }: Deployment): Promise<void> {
  if (savedPlan === undefined) {
    await terraform.show(["plan", "-input=false", `-out=${file}`, ...plan]);
    return;
  }
  // What is reviewed and what is applied are one file, whatever becomes of the other one meanwhile.
  await copyFile(savedPlan, file);
  await terraform.show(["show", file]);
}

/** Reviews the plan, and prints the verdict. Throws where something is allowed that is not blocked. */
async function judge(json: PlanJson, stack: string, deployment: Deployment): Promise<Report> {
  const { allow = [], allowFile, savedPlan = "The plan" } = deployment;
  const plan = planOf(stack, savedPlan, json);
  const allowed = [...allow, ...(allowFile === undefined ? [] : await allowedIn(allowFile, stack))];
  const blocked = () => review(plan, stack).resources.filter(isBlocked);
  const report = review(plan, stack, deployment.allowAll ? blocked().map(({ address }) => address) : allowed);
  // Terraform has shown the rest.
  const toRead = { ...report, resources: report.resources.filter(({ findings }) => findings.length > 0), outputs: [] };
  print(`\n${renderText(toRead, { colour: process.stdout.isTTY === true && !process.env.NO_COLOR })}`);
  const unused = deployment.allowAll ? [] : unusedAllowances(report, allow);
  if (unused.length > 0) throw new Failure(`Nothing was changed: nothing is blocked at ${unused.join(", ")}.`, 64);
  return report;
}

function refuseBlocked({ verdict, problems, resources }: Report, json: PlanJson, { command }: Deployment): void {
  if (verdict !== "blocked") return;
  if (problems.length > 0)
    throw new Failure("Nothing was changed: the plan cannot be deployed, and no --allow helps.", 3);
  const allowances = resources.filter(isBlocked).map(({ address }) => ` --allow ${quoted(address)}`);
  throw new Failure(
    "Nothing was changed: the plan is blocked. If all of this is meant:\n" +
      `  ${command}${allowances.join("")}` +
      (destroysEverything(json) ? `\nor, for everything at once:\n  ${command} --allow-all` : ""),
    3,
  );
}

/** Applies the plan. While that takes, and after it was interrupted, a file says so. */
async function apply(file: string, terraform: Terraform, { apply: options = [] }: Deployment): Promise<void> {
  const unfinished = path.join(terraform.folder, UNFINISHED);
  await writeFile(unfinished, "");
  let finished = true;
  try {
    await terraform.show(["apply", "-input=false", ...options, file]);
  } catch (error) {
    finished = !(error instanceof Interrupted);
    throw error;
  } finally {
    if (finished) await rm(unfinished, { force: true });
  }
}

/** An address as a shell takes it. */
function quoted(address: string): string {
  return /^[\w.-]+$/.test(address) ? address : `'${address}'`;
}
