import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { remoteStateSettings } from "../../modules/terraform/settings";
import { readExceptions } from "../../policy/exceptions";
import { withoutNulls, withTexts } from "../../policy/plan";
import { judge, type Stack, type Verdict } from "../../policy/verdict";
import type { Project } from "../../settings/project";
import { environmentSettings } from "../../settings/schema";
import { inTemporaryFolder } from "../cleanup";
import { exclusively } from "../exclusive";
import { note } from "../print";
import { requireStack, synthesizeProject } from "../project";
import { requireSeenFolder } from "../review/unseen";
import { Terraform } from "../terraform";
import { checkovProgram, scan } from "./checkov";

export const CHECKS = "policy/checks";
export const EXCEPTIONS = "policy/exceptions.yaml";

/** Apart from cdktf.out: a deployment at the same time is not disturbed, nor is its workspace. */
const FOLDER = ".build/policy";
const OVERRIDE = "policy_override.tf.json";

/** Fields of environments.ts that an exception can name. */
const SETTINGS = [
  ...Object.keys(environmentSettings),
  ...Object.keys(remoteStateSettings).map((name) => `state.${name}`),
];

/** Plans stacks as if nothing had been deployed yet, all of them where none is named, and scans the plans. */
export async function checkPolicy(project: Project, names: readonly string[]): Promise<Verdict> {
  const all = stacksOf(project);
  for (const name of names) requireStack(project, name);
  const stacks = all.map((stack) => ({ ...stack, scanned: names.length === 0 || names.includes(stack.name) }));
  const scanned = stacks.filter((stack) => stack.scanned).map(({ name }) => name);

  // What is missing is said before minutes have gone into plans.
  await checkovProgram();
  await mkdir(FOLDER, { recursive: true, mode: 0o700 });
  return exclusively(`${FOLDER}.lock`, "policy", async () => {
    await synthesizeProject(project, FOLDER);
    for (const [index, name] of scanned.entries()) {
      note(`Planning ${name} (${index + 1} of ${scanned.length}) …`);
      const terraform = new Terraform(name, FOLDER);
      const plan = await planFromNothing(terraform);
      const synthesized = JSON.parse(await readFile(path.join(terraform.folder, "cdk.tf.json"), "utf8"));
      const text = JSON.stringify(withoutNulls(withTexts(plan, synthesized)));
      await writeFile(path.join(FOLDER, `${name}.json`), text, { mode: 0o600 });
    }
    note("Scanning …");
    const findings = await scan(FOLDER, scanned, CHECKS);
    return judge(findings, readExceptions(await readFile(EXCEPTIONS, "utf8"), SETTINGS), stacks);
  });
}

/**
 * The plan that makes everything. Several checks say something else of what AWS has filled in since, so that a plan
 * against the account's state would need other exceptions before and after every deployment.
 */
async function planFromNothing(terraform: Terraform): Promise<unknown> {
  const local = { terraform: { backend: { local: {} } } };
  await writeFile(path.join(terraform.folder, OVERRIDE), JSON.stringify(local));
  requireSeenFolder(terraform.folder);
  await terraform.prepare();
  return inTemporaryFolder("plan", async (folder) => {
    const file = path.join(folder, "tfplan");
    await terraform.capture(["plan", "-input=false", "-lock=false", `-out=${file}`]);
    return terraform.showJson(file);
  });
}

function stacksOf({ environments, stateBuckets }: Project): Array<Omit<Stack, "scanned">> {
  return [
    ...environments.map(({ name, production }) => ({
      name,
      kind: production ? ("production" as const) : ("non-production" as const),
    })),
    ...stateBuckets.map(({ stack }) => ({ name: stack, kind: "state" as const })),
  ];
}
