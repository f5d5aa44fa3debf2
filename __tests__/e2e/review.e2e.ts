import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { readPlan } from "../../review/plan";
import { renderMarkdown } from "../../review/render/markdown";
import { EXIT_CODES, type Report, review } from "../../review/report";
import { tablesOf } from "../support/markdown";
import { DANGEROUS } from "../support/plans/dangerous";
import { DEPLOYED, SETTINGS, withoutLifecycle } from "../support/plans/deployed";
import { findingsOf, keep, SCENARIOS, sentencesOf } from "../support/plans/fixture";
import { DRIFT, HARMLESS } from "../support/plans/harmless";
import { POOL, type Scenario, TABLE } from "../support/plans/scenario";
import { ProjectCopy } from "../support/project-copy";
import type { Block } from "../support/stack";
import { inTurns } from "../support/turns";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { Plans } from "./support/plans";

/** With this variable set, the plans whose names it matches are made and kept for the tests that run without Terraform. */
const REFRESH = process.env.REFRESH_PLANS ? new RegExp(process.env.REFRESH_PLANS) : undefined;

const isMade = ({ name, everyTime }: Scenario) => (REFRESH ? REFRESH.test(name) : everyTime === true);
const STACKS = [...new Set(["prod", ...SCENARIOS.filter(isMade).map(({ stack = "prod" }) => stack)])];

// With REFRESH every plan is made again.
if (REFRESH) jest.setTimeout(3_600_000);

describeE2e("review, of plans that Terraform makes of what is deployed", () => {
  const step = story();
  const made = new Map<string, { readonly file: string; readonly json: Block }>();
  let copy: ProjectCopy;
  let plans: Plans;

  beforeAll(async () => {
    copy = await ProjectCopy.make(SETTINGS);
    for (const stack of STACKS) await copy.keepStateLocally(stack);
    plans = new Plans(copy, SETTINGS, { state: withoutLifecycle });
  });
  afterAll(() => copy?.remove());

  async function deploy(stack: string): Promise<void> {
    const { resource } = JSON.parse(await readFile(path.join(copy.stack(stack), "cdk.tf.json"), "utf8")) as Block;
    withoutLifecycle({ resource });
    const all = Object.entries<Block>(resource).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => `${type}.${name}`),
    );
    const what = DEPLOYED[stack] ?? "nothing";
    const targets = (what === "all" ? (stack === "state" ? all : []) : what === "nothing" ? [] : what).map(
      (one) => `-target=${one}`,
    );
    for (const args of [
      ["init", "-input=false"],
      ["workspace", "select", "-or-create=true", stack],
      ...(what === "nothing" ? [] : [["apply", "-auto-approve", "-input=false", ...targets]]),
    ]) {
      expect(await copy.terraform(stack, ...args)).toMatchObject({ code: 0 });
    }
  }

  /** Makes the plans of scenarios, and judges them. */
  async function judged(
    scenarios: readonly Scenario[],
  ): Promise<{ scenario: Scenario; report: Report; allowed: Report }[]> {
    const chosen = scenarios.filter(isMade);
    await inTurns(chosen, async (scenario) => {
      const plan = await plans.make(scenario);
      made.set(scenario.name, plan);
      if (REFRESH) await keep(scenario, plan.json);
    });
    return chosen.map((scenario) => {
      const plan = readPlan(made.get(scenario.name)?.json);
      const { stack = "prod" } = scenario;
      const report = review(plan, stack);
      const allowed = review(plan, stack, { addresses: Object.keys(findingsOf(report)) });
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

  step("deploys", async () => {
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    await inTurns(STACKS, deploy);
  });

  step("finds no drift in what was just deployed", async () => {
    expect(await copy.script("drift", "prod")).toMatchObject({
      code: 0,
      stdout: "prod: nothing was changed outside of Terraform\n",
    });
    await judged(DRIFT);
    // So that the plans that follow, and are kept, are not full of what the provider fills in after the first apply.
    if (REFRESH) {
      const deployed = STACKS.filter((stack) => DEPLOYED[stack] !== "nothing");
      for (const stack of deployed) await copy.terraform(stack, "apply", "-refresh-only", "-auto-approve");
    }
  });

  step("blocks dangerous plans, and says why", async () => {
    const verdicts = await judged(DANGEROUS);
    if (!REFRESH) expect(verdicts.length).toBeGreaterThanOrEqual(8);
    for (const { scenario, report, allowed } of verdicts) {
      const { name, says = "", allowable = true } = scenario;
      expect({ name, exitCode: report.exitCode }).toEqual({ name, exitCode: 3 });
      expect({ name, sentences: sentencesOf(report) }).toEqual({
        name,
        sentences: expect.arrayContaining([expect.stringContaining(says)]),
      });
      expect({ name, isBlocked: allowed.exitCode === 3 }).toEqual({ name, isBlocked: !allowable });
    }
  });

  step("passes harmless plans", async () => {
    const verdicts = await judged(HARMLESS);
    if (!REFRESH) expect(verdicts.length).toBeGreaterThanOrEqual(6);
    for (const { scenario, report } of verdicts) {
      const { name, verdict = "changes" } = scenario;
      expect({ name, finds: findingsOf(report), problems: report.problems }).toEqual({
        name,
        finds: {},
        problems: [],
      });
      expect({ name, exitCode: report.exitCode }).toEqual({ name, exitCode: EXIT_CODES[verdict] });
    }
  });

  step("makes the plan itself where none is named", async () => {
    if (REFRESH) return;
    const { prod } = SETTINGS.environments;
    await copy.configure({
      ...SETTINGS,
      environments: { ...SETTINGS.environments, prod: { ...prod, memorySize: 1024, deletionProtection: false } },
    });
    const { code, stdout } = await reviewed();
    expect(stdout).toContain("blocked (user-pool-unprotected): AWS would no longer refuse to delete the pool");
    expect(stdout).toMatch(/memory_size +512 +→ 1024/);
    expect(code).toBe(3);
    const allowed = await reviewed("--allow", POOL, "--allow", TABLE, "--format", "json");
    expect(JSON.parse(allowed.stdout)).toMatchObject({ verdict: "changes" });
    expect(allowed.code).toBe(2);
    await copy.configure(SETTINGS);
  });

  step("takes a saved plan, or its JSON, for which it needs no Terraform", async () => {
    if (REFRESH) return;
    const saved = await reviewed("--plan", fileOf("pool-renamed"), "--format", "markdown");
    expect(saved.code).toBe(3);
    const file = await jsonFileOf("pool-renamed");
    const json = await copy.scriptWith({ PATH: "" }, "review", "prod", "--plan", file, "--format=markdown");
    expect(json).toEqual({ code: 3, stdout: saved.stdout, stderr: "" });
    const [changes = []] = tablesOf(saved.stdout);
    expect(changes.slice(1).filter(([deed]) => deed === "replace")).toHaveLength(4);
    expect(await reviewed("--plan", await jsonFileOf("weekly-memory"))).toMatchObject({ code: 2 });
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
