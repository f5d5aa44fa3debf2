import { copyFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { inTemporaryFolder } from "../cleanup";
import { Failure } from "../failure";
import { requireSeenPlan } from "../review/unseen";
import { Interrupted } from "../signals";
import type { Terraform } from "../terraform";
import { askToGoOn } from "./ask";
import type { Deployment } from "./deployment";
import { checkDeployedCode, checkFunctionFiles, deploysCode } from "./function-files";
import { judge, refuseBlocked } from "./judge";
import { destroysEverything, type PlanJson } from "./plan-json";
import { UNFINISHED } from "./unfinished";

/**
 * The only way in which this project applies anything: a plan is made, or taken as it was saved, reviewed, shown, agreed
 * to, and that very plan is applied. Throws a {@link Failure} with exit code 3, and changes nothing, where it is blocked.
 */
export async function deployReviewed(terraform: Terraform, deployment: Deployment): Promise<void> {
  await inTemporaryFolder("plan", async (folder) => {
    const file = path.join(folder, "tfplan");
    await planInto(file, terraform, deployment);
    requireSeenPlan(file);
    const json = (await terraform.showJson(file)) as PlanJson;
    if (deployment.allowAll && !destroysEverything(json)) {
      throw new Failure("Nothing was changed: --allow-all is for a plan that only deletes. Use --allow <address>.", 64);
    }
    const report = judge(json, terraform.stack, deployment);
    if (report.verdict === "nothing") {
      if (deployment.savedPlan === undefined) await rm(path.join(terraform.folder, UNFINISHED), { force: true });
      return;
    }
    refuseBlocked(report, deployment.command, destroysEverything(json));
    // A plan that was saved is one that was looked at: Terraform does not ask about it either.
    const ask = deployment.autoApprove !== true && deployment.savedPlan === undefined;
    if (ask) await askToGoOn(`Do this to ${terraform.stack}?`);
    await checkFunctionFiles(json, terraform.folder);
    await apply(file, terraform, deployment);
    if (deploysCode(json)) checkDeployedCode(json, await terraform.showJson());
  });
}

/** Leaves the plan in the file, and shows what Terraform says of it. */
async function planInto(file: string, terraform: Terraform, { plan = [], savedPlan }: Deployment): Promise<void> {
  if (savedPlan === undefined) {
    await terraform.show(["plan", "-input=false", `-out=${file}`, ...plan]);
    return;
  }
  // What is reviewed and what is applied are one file, whatever becomes of the other one meanwhile.
  await copyFile(savedPlan, file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${savedPlan} cannot be read (${error.code}).`, 64);
  });
  await terraform.show(["show", file]);
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
