import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readPlan } from "../../review/plan";
import { renderMarkdown } from "../../review/render/markdown";
import { EXIT_CODES, review } from "../../review/report";
import type { ProjectSettings } from "../../settings/schema";
import { tablesOf } from "../support/markdown";
import { DANGEROUS } from "../support/plans/dangerous";
import { findingsOf, keep } from "../support/plans/fixture";
import { DRIFT, HARMLESS } from "../support/plans/harmless";
import { POOL, type Scenario, TABLE } from "../support/plans/scenario";
import { ProjectCopy } from "../support/project-copy";
import type { Block } from "../support/stack";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { inTurns, Plans } from "./support/plans";

const prod = { applicationUrls: ["https://app.example.com"] };
const settings: ProjectSettings = { project: "acme", region: "eu-west-1", environments: { prod } };

/** With this variable set, the plans whose names it matches are made and kept for the tests that run without Terraform. */
const REFRESH = process.env.REFRESH_PLANS ? new RegExp(process.env.REFRESH_PLANS) : undefined;

describeE2e("review, of plans that Terraform makes of what is deployed", () => {
  const step = story();
  const seconds = REFRESH ? 1800 : 600;
  const made = new Map<string, { readonly file: string; readonly json: Block }>();
  let copy: ProjectCopy;
  let plans: Plans;

  beforeAll(async () => {
    copy = await ProjectCopy.make(settings);
    for (const stack of ["state", "prod"]) await copy.keepStateLocally(stack);
    // Of all that belongs to the bucket, the provider waits longest for this.
    const withoutLifecycle = ({ resource }: Block) => delete resource.aws_s3_bucket_lifecycle_configuration;
    plans = new Plans(copy, settings, { state: withoutLifecycle });
  });
  afterAll(() => copy?.remove());

  async function deploy(stack: string): Promise<void> {
    const { resource } = JSON.parse(await readFile(path.join(copy.stack(stack), "cdk.tf.json"), "utf8")) as Block;
    const targets = Object.entries<Block>(resource)
      .filter(([type]) => type !== "aws_s3_bucket_lifecycle_configuration")
      .flatMap(([type, blocks]) => Object.keys(blocks).map((name) => `-target=${type}.${name}`));
    for (const args of [
      ["init", "-input=false"],
      ["workspace", "select", "-or-create=true", stack],
      ["apply", "-auto-approve", "-input=false", ...(stack === "state" ? targets : [])],
    ]) {
      expect(await copy.terraform(stack, ...args)).toMatchObject({ code: 0 });
    }
  }

  /** Makes the plans of scenarios, and judges them. */
  async function judged(scenarios: readonly Scenario[]) {
    const chosen = scenarios.filter(({ name, everyTime }) => (REFRESH ? REFRESH.test(name) : everyTime));
    await inTurns(chosen, async (scenario) => {
      const plan = await plans.make(scenario);
      made.set(scenario.name, plan);
      if (REFRESH) await keep(scenario, plan.json);
    });
    return chosen.map((scenario) => {
      const plan = readPlan(made.get(scenario.name)?.json);
      const { stack = "prod" } = scenario;
      const report = review(plan, stack);
      const allowed = review(plan, stack, Object.keys(scenario.finds ?? {}));
      expect(() => tablesOf(renderMarkdown(report))).not.toThrow();
      return { scenario, report, allowed };
    });
  }

  const reviewed = (...args: string[]) => copy.script("review", "prod", ...args);
  const fileOf = (name: string) => made.get(name)?.file ?? "";
  async function jsonFileOf(name: string): Promise<string> {
    const file = path.join(copy.folder, `${name}.json`);
    await writeFile(file, JSON.stringify(made.get(name)?.json));
    return file;
  }

  step(
    "deploys",
    async () => {
      expect(await copy.script("synth")).toMatchObject({ code: 0 });
      await Promise.all(["prod", "state"].map(deploy));
    },
    seconds,
  );

  step(
    "finds no drift in what was just deployed",
    async () => {
      expect(await copy.script("drift", "prod")).toMatchObject({
        code: 0,
        stdout: "prod: nothing was changed outside of Terraform\n",
      });
      await judged(DRIFT);
      // So that the plans that follow, and are kept, are not full of what the provider fills in after the first apply.
      if (REFRESH) {
        for (const stack of ["prod", "state"]) await copy.terraform(stack, "apply", "-refresh-only", "-auto-approve");
      }
    },
    seconds,
  );

  step(
    "blocks dangerous plans, unless their addresses are allowed",
    async () => {
      const verdicts = await judged(DANGEROUS);
      if (!REFRESH) expect(verdicts.length).toBeGreaterThanOrEqual(10);
      for (const { scenario, report, allowed } of verdicts) {
        const { name, finds = {} } = scenario;
        expect({ name, finds: findingsOf(report), exitCode: report.exitCode }).toEqual({ name, finds, exitCode: 3 });
        const exitCode = scenario.allowable === false ? 3 : 2;
        expect({ name, exitCode: allowed.exitCode }).toEqual({ name, exitCode });
      }
    },
    seconds,
  );

  step(
    "passes harmless plans",
    async () => {
      const verdicts = await judged(HARMLESS);
      if (!REFRESH) expect(verdicts.length).toBeGreaterThanOrEqual(10);
      for (const { scenario, report } of verdicts) {
        const { name, finds = {} } = scenario;
        const exitCode = EXIT_CODES[scenario.verdict ?? "changes"];
        expect({ name, finds: findingsOf(report), exitCode: report.exitCode }).toEqual({ name, finds, exitCode });
      }
    },
    seconds,
  );

  step("makes the plan itself where none is named", async () => {
    if (REFRESH) return;
    await copy.configure({
      ...settings,
      environments: { prod: { ...prod, memorySize: 1024, deletionProtection: false } },
    });
    const { code, stdout } = await reviewed();
    expect(stdout).toContain("blocked (user-pool-unprotected): AWS would no longer refuse to delete the pool");
    expect(stdout).toMatch(/memory_size +512 +→ 1024/);
    expect(code).toBe(3);
    const allowed = await reviewed("--allow", POOL, "--allow", TABLE, "--format", "json");
    expect(JSON.parse(allowed.stdout)).toMatchObject({ verdict: "changes", summary: { update: 4 } });
    expect(allowed.code).toBe(2);
    await copy.configure(settings);
  });

  step("takes a saved plan, or its JSON, for which it needs no Terraform", async () => {
    if (REFRESH) return;
    const saved = await reviewed("--plan", fileOf("pool-renamed"), "--format", "markdown");
    expect(saved.code).toBe(3);
    const json = await copy.scriptWith(
      { PATH: "" },
      "review",
      "prod",
      "--plan",
      await jsonFileOf("pool-renamed"),
      "--format=markdown",
    );
    expect(json).toEqual({ code: 3, stdout: saved.stdout, stderr: "" });
    const [changes = []] = tablesOf(saved.stdout);
    expect(changes.slice(1).filter(([deed]) => deed === "replace")).toHaveLength(4);
    expect(await reviewed("--plan", await jsonFileOf("more-memory"))).toMatchObject({ code: 2 });
    expect(await reviewed("--plan", await jsonFileOf("nothing"))).toMatchObject({ code: 0 });
  });

  step("lists what was changed by hand", async () => {
    if (REFRESH) return;
    const changes: Block[] = made.get("pool-renamed")?.json.resource_changes;
    const pool = changes.find(({ address }) => address === POOL)?.change.before;
    await cognito("UpdateUserPool", { UserPoolId: pool.id, AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } });
    const { code, stdout } = await copy.script("drift", "prod");
    expect(stdout).toMatch(/^~ update {2}aws_cognito_user_pool\.user_pool$/m);
    expect(stdout).toMatch(/allow_admin_create_user_only +false → true$/m);
    expect(code).toBe(2);
  });
});
