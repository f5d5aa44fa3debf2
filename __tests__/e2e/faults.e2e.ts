import { randomBytes } from "node:crypto";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { HoldingProxy } from "../support/holding-proxy";
import { killAt } from "../support/kill";
import { emulated, ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { deleteObject, keysOf, makeBucket, textOf } from "./support/s3";

const project = `faults-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;
const settings = (dev: EnvironmentSettings = {}): ProjectSettings => ({
  project,
  region: "eu-west-1",
  environments: { dev, qa: {} },
});

interface State {
  readonly lineage: string;
  readonly serial: number;
  readonly resources: ReadonlyArray<{ readonly mode: string; readonly type: string; readonly name: string }>;
}

async function stateOf(environment: string): Promise<State> {
  return JSON.parse(await textOf(bucket, `env:/${environment}/${project}/terraform.tfstate`)) as State;
}

function managed({ resources }: State): string[] {
  return resources.filter(({ mode }) => mode === "managed").map(({ type, name }) => `${type}.${name}`);
}

async function poolsNamed(name: string): Promise<number> {
  const { UserPools } = (await cognito("ListUserPools", { MaxResults: 60 })) as { UserPools: Array<{ Name: string }> };
  return UserPools.filter((pool) => pool.Name === name).length;
}

describeE2e("faults", () => {
  const step = story();
  let copy: ProjectCopy;
  const others: ProjectCopy[] = [];
  beforeAll(async () => {
    copy = await ProjectCopy.make(settings());
    for (let i = 0; i < 4; i++) others.push(await ProjectCopy.make(settings()));
    await makeBucket(bucket);
  });
  afterAll(async () => {
    for (const each of [copy, ...others]) await each?.remove();
  });

  step("of five deployments of one environment at once, one wins, and the others say who holds the lock", async () => {
    const copies = [copy, ...others];
    // The winner is kept waiting until the slowest of the others has asked for the lock.
    const proxy = await HoldingProxy.start(process.env.E2E_ENDPOINT ?? "");
    void proxy.hold(/^CreateUserPool$/);
    let running = copies.length;
    const deployments = copies.map(async (each) => {
      const end = await each.scriptWith(emulated(proxy.url), "deploy", "dev", "--auto-approve");
      running--;
      if (running === 1) proxy.release();
      return end;
    });
    const ends = await Promise.all(deployments);
    await proxy.stop();

    const [winners, losers] = [ends.filter(({ code }) => code === 0), ends.filter(({ code }) => code !== 0)];
    expect(winners).toHaveLength(1);
    expect(winners[0]?.stdout).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    for (const { code, stderr } of losers) {
      expect(code).toBe(1);
      expect(stderr).toMatch(/\S+@\S+ has been working on dev since .*\(lock [0-9a-f-]{36}\).*npm run recover -- dev/);
    }
    expect(managed(await stateOf("dev"))).toHaveLength(12);
    expect(await poolsNamed(`${project}-dev-v2`)).toBe(1);
    expect(await keysOf(bucket)).not.toContain(`env:/dev/${project}/terraform.tfstate.tflock`);
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("a deployment that was killed is finished by `recover`, without a second pool", async () => {
    await killAt(/aws_cognito_user_pool\.user_pool: Creation complete/, copy, "deploy", "qa", "--auto-approve");
    expect(await poolsNamed(`${project}-qa-v2`)).toBe(1);

    const next = await copy.script("deploy", "qa", "--auto-approve");
    expect(next.code).toBe(1);
    const lock = /lock ([0-9a-f-]{36})/.exec(next.stderr)?.[1] ?? "";
    const asked = await copy.script("recover", "qa");
    expect(asked).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`npm run recover -- qa --unlock ${lock}`),
    });
    const wrong = await copy.script("recover", "qa", "--unlock", "0b9c2d4e-0000-0000-0000-000000000000");
    expect(wrong.code).toBe(64);

    const recovered = await copy.script("recover", "qa", "--unlock", lock, "--auto-approve");
    expect(recovered.stdout).toContain(`The lock ${lock} is released.`);
    expect(recovered.stdout).toContain("There already: aws_cognito_user_pool.user_pool (eu-west-1_");
    expect(recovered.stdout).toContain("There already: aws_iam_role.pre_sign_up_role");
    expect(recovered.code).toBe(0);
    expect(await poolsNamed(`${project}-qa-v2`)).toBe(1);
    expect(managed(await stateOf("qa"))).toHaveLength(12);
    expect(await copy.script("plan", "qa", "-detailed-exitcode")).toMatchObject({ code: 0 });
  });

  step("a state that was deleted, and then emptied, is restored, and nothing is left to change", async () => {
    const before = await stateOf("dev");
    await deleteObject(bucket, `env:/dev/${project}/terraform.tfstate`);
    // Selecting the workspace, Terraform writes an empty state of a new lineage: the newest version is the wrong one.
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 2 });
    expect((await stateOf("dev")).lineage).not.toBe(before.lineage);

    const { stdout } = await copy.script("state", "versions", "dev");
    expect(stdout).toMatch(new RegExp(`${before.lineage} +│ +${before.serial} │ +12 │`));
    const dryRun = await copy.script("state", "restore", "dev");
    expect(dryRun.stdout).toContain(`Restored: lineage ${before.lineage}, serial ${before.serial}, 12 resources`);
    expect((await stateOf("dev")).lineage).not.toBe(before.lineage);

    const restored = await copy.script("state", "restore", "dev", "--apply");
    expect(restored.stdout).toContain("No changes.");
    expect(restored.code).toBe(0);
    const after = await stateOf("dev");
    expect([after.lineage, managed(after)]).toEqual([before.lineage, managed(before)]);
    expect(after.serial).toBeGreaterThan(before.serial);
    expect(await copy.script("plan", "dev", "-detailed-exitcode")).toMatchObject({ code: 0 });
    expect(await copy.script("state", "restore", "dev")).toMatchObject({
      code: 64,
      stderr: expect.stringContaining("The current state of dev was not lost (12 resources)"),
    });
  });

  step("a saved plan that has gone stale is refused, and it is said what to do", async () => {
    await copy.configure(settings({ memorySize: 256 }));
    expect(await copy.script("plan", "dev", "-out=first.tfplan")).toMatchObject({ code: 0 });
    expect(await copy.script("plan", "dev", "-out=second.tfplan")).toMatchObject({ code: 0 });
    expect(await copy.script("deploy", "dev", "second.tfplan")).toMatchObject({ code: 0 });
    const before = await stateOf("dev");

    const stale = await copy.script("deploy", "dev", "first.tfplan");
    expect(stale.code).toBe(1);
    expect(stale.stderr).toContain(
      "Something was changed since this plan was made: make a new one with `npm run plan -- dev`.",
    );
    expect(await stateOf("dev")).toEqual(before);
  });
});
