import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readPlan } from "../../review/plan";
import { review } from "../../review/report";
import {
  COMMIT,
  deployed,
  keepDeployed,
  SETTINGS,
  STACKS,
  withoutNotes,
  writeFunctions,
} from "../support/deployed/deployed";
import { withoutLifecycle } from "../support/plans/deployed";
import { findingsOf } from "../support/plans/fixture";
import { ProjectCopy } from "../support/project-copy";
import type { Block } from "../support/stack";
import { inTurns } from "../support/turns";
import { describeE2e } from "./support/describe-e2e";

/** The emulator does not say all that was set of an alarm, so that each plan updates it: its configuration is compared. */
const ALARM = "aws_cloudwatch_metric_alarm";

/** What an upgrade does to a stack; alarms are apart. */
interface Upgrade {
  /** Attributes that are given other values, by resource. */
  readonly update: Readonly<Record<string, readonly string[]>>;
  readonly create: readonly string[];
  readonly forget: readonly string[];
  /** Outputs that are new, or have another value. */
  readonly outputs: readonly string[];
}

const CODE = ["filename", "source_code_hash"];

const EVERYWHERE = {
  // What the client may write, it may read.
  "aws_cognito_user_pool_client.user_pool_client": ["read_attributes"],
  // Accounts that were not confirmed in time are deleted.
  "aws_iam_role_policy.pre_sign_up_list_users": ["policy"],
  "aws_lambda_function.pre_sign_up": CODE,
};

const PLAIN: Upgrade = {
  update: EVERYWHERE,
  create: [],
  forget: [],
  outputs: ["DomainUrl", "LoginUrl"],
};

const FULL: Upgrade = {
  ...PLAIN,
  update: {
    ...EVERYWHERE,
    "aws_cloudwatch_dashboard.dashboard": ["dashboard_body"],
    "aws_iam_role_policy.user_migration_list_users": ["policy"],
    "aws_lambda_function.user_migration": CODE,
    // A function that uses the table may use the key that encrypts it.
    "aws_iam_role_policy.pre_sign_up_use_reservations": ["policy"],
    "aws_iam_role_policy.user_migration_use_reservations": ["policy"],
  },
  // The key that the functions' environment variables are encrypted with.
  create: ["aws_iam_role_policy.pre_sign_up_read_environment", "aws_iam_role_policy.user_migration_read_environment"],
};

const UPGRADES: Readonly<Record<string, Upgrade>> = {
  dev: PLAIN,
  "dev-full": FULL,
  prod: PLAIN,
  "prod-full": FULL,
  "prod-directory": PLAIN,
  state: { update: {}, create: [], forget: [], outputs: [] },
};

describeE2e(`an upgrade of what was deployed from ${COMMIT}`, () => {
  const upgrades = new Map<string, { plan: Block; next: readonly Block[] }>();
  let copy: ProjectCopy;

  beforeAll(async () => {
    if (process.env.REFRESH_DEPLOYED) await keepDeployed();
    copy = await ProjectCopy.make(SETTINGS);
    await inTurns(STACKS, async (stack) => {
      const document = await deployed(stack);
      await writeFunctions(document, copy.stack(stack));
      await writeFile(jsonOf(stack), JSON.stringify(document));
      await copy.edit(stack, withoutLifecycle);
      await copy.keepStateLocally(stack);
      await terraform(stack, "init");
      await terraform(stack, "workspace", "select", "-or-create=true", stack);
      await terraform(stack, "apply", "-auto-approve");
    });
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    await inTurns(STACKS, async (stack) => {
      await copy.edit(stack, withoutLifecycle);
      await terraform(stack, "init");
      await terraform(stack, "plan", "-out=upgrade.tfplan");
      const plan = JSON.parse(await terraform(stack, "show", "-json", "upgrade.tfplan"));
      await terraform(stack, "apply", "upgrade.tfplan");
      upgrades.set(stack, { plan, next: plannedChanges(await terraform(stack, "plan", "-json")) });
    });
  });
  afterAll(() => copy?.remove());

  const jsonOf = (stack: string) => path.join(copy.stack(stack), "cdk.tf.json");

  async function terraform(stack: string, ...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.terraform(stack, ...args);
    if (code !== 0) throw new Error(`terraform ${args[0]}, ${stack}: ${stderr}`);
    return stdout;
  }

  describe.each(STACKS)("%s", (stack) => {
    function upgradeOf(): { plan: Block; next: readonly Block[] } {
      const upgrade = upgrades.get(stack);
      if (!upgrade) throw new Error(`${stack} was not upgraded`);
      return upgrade;
    }

    it("destroys and replaces nothing", () => {
      const harmless = ["no-op", "read", "create", "update", "forget"];
      const changes: Block[] = upgradeOf().plan.resource_changes;
      const others = changes.filter(({ change }) => !harmless.includes(change.actions.join()));
      expect(others.map(({ address, change }) => `${change.actions} ${address}`)).toEqual([]);
    });

    it("does what is listed above, and the review blocks none of it", () => {
      const { plan } = upgradeOf();
      const changes = plan.resource_changes.filter(({ type }: Block) => type !== ALARM);
      const which = (action: string): Block[] =>
        changes.filter(({ change }: Block) => change.actions.join() === action);
      const addresses = (action: string) => which(action).map(({ address }) => address);
      const report = review(readPlan(plan), stack);
      const upgrade: Upgrade = {
        update: Object.fromEntries(which("update").map(({ address, change }) => [address, changedAttributes(change)])),
        create: addresses("create"),
        forget: addresses("forget"),
        outputs: report.outputs.map((output) => String(output.path)),
      };
      expect(upgrade).toEqual(UPGRADES[stack]);
      expect({ problems: report.problems, findings: findingsOf(report) }).toEqual({ problems: [], findings: {} });
    });

    it("leaves the alarms as they are", async () => {
      const { resource } = withoutNotes(JSON.parse(await readFile(jsonOf(stack), "utf8")));
      expect(resource[ALARM]).toEqual((await deployed(stack)).resource[ALARM]);
    });

    it("is done once it is applied", () => {
      const next = upgradeOf().next.filter(({ resource }) => resource.resource_type !== ALARM);
      expect(next.map(({ action, resource }) => `${action} ${resource.addr}`)).toEqual([]);
    });
  });
});

/** Attributes that get another value, as far as it is known before it is applied. */
function changedAttributes({ before, after }: Block): string[] {
  return Object.keys(after).filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]));
}

/** What `terraform plan -json` says of resources that are to be changed. */
function plannedChanges(lines: string): Block[] {
  const messages: Block[] = lines
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return messages.filter(({ type }) => type === "planned_change").map(({ change }) => change);
}
