import { randomBytes } from "node:crypto";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { killAt } from "../support/kill";
import { ProjectCopy } from "../support/project-copy";
import { environment } from "../support/synth";
import { cognito } from "./support/cognito";
import { describeE2e } from "./support/describe-e2e";
import { deleteObject, makeBucket, putObject, textOf } from "./support/s3";

const project = `recover-${randomBytes(4).toString("hex")}`;
const bucket = `${project}-terraform-state`;

/** What settings can add to an environment. No alarms: the provider reads those of the emulator as others than it made. */
const FULL: EnvironmentSettings = {
  dashboard: true,
  migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
};

/** Addresses of all that is made. */
const ALL = Object.entries(environment(FULL).resource).flatMap(([type, blocks]) =>
  Object.keys(blocks).map((name) => `${type}.${name}`),
);

/** Where the first apply is killed: after each of these. All of them with `npm run test:recover`. */
const POSITIONS = process.env.RECOVER_AFTER
  ? ALL.filter((address) => new RegExp(process.env.RECOVER_AFTER as string).test(address))
  : ["aws_cognito_user_pool_client.user_pool_client"];
const NAMES = POSITIONS.map((_, index) => `at${index}`);

const settings = (name: string, of: EnvironmentSettings): ProjectSettings => ({
  project,
  region: "eu-west-1",
  environments: { [name]: of },
});

/** The environment's pools and their app clients, secrets included. */
async function identities(name: string) {
  const { UserPools } = (await cognito("ListUserPools", { MaxResults: 60 })) as {
    UserPools: Array<{ Id: string; Name: string }>;
  };
  const pools = UserPools.filter(({ Name }) => Name === `${project}-${name}-v2`).map(({ Id }) => Id);
  const clients = await Promise.all(
    pools.map(async (UserPoolId) => {
      const { UserPoolClients } = (await cognito("ListUserPoolClients", { UserPoolId, MaxResults: 60 })) as {
        UserPoolClients: Array<{ ClientId: string }>;
      };
      return Promise.all(
        UserPoolClients.map(async ({ ClientId }) => {
          const { UserPoolClient } = (await cognito("DescribeUserPoolClient", { UserPoolId, ClientId })) as {
            UserPoolClient: { ClientSecret: string };
          };
          return { id: ClientId, secret: UserPoolClient.ClientSecret };
        }),
      );
    }),
  );
  return { pools, clients: clients.flat() };
}

describeE2e("recover, after a first deployment that was killed", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({
      project,
      region: "eu-west-1",
      environments: Object.fromEntries(NAMES.map((name) => [name, {}])),
    });
    await makeBucket(bucket);
  });
  afterAll(() => copy?.remove());

  const key = (name: string) => `env:/${name}/${project}/terraform.tfstate`;
  const lockOf = async (name: string) => (JSON.parse(await textOf(bucket, `${key(name)}.tflock`)) as { ID: string }).ID;

  async function recovered(name: string, ...options: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.script("recover", name, "--auto-approve", ...options);
    expect({ code, said: code ? stdout + stderr : "" }).toEqual({ code: 0, said: "" });
    const plan = await copy.script("plan", name, "-detailed-exitcode");
    expect({ code: plan.code, said: plan.code ? plan.stdout + plan.stderr : "" }).toEqual({ code: 0, said: "" });
    expect(plan.stdout).toContain("No changes.");
    return stdout;
  }

  it.each(POSITIONS.map((address, index) => [address, `at${index}`]))(
    "finishes what was killed after %s, with the same pool, client and secret",
    async (address, name) => {
      await copy.configure(settings(name, process.env.RECOVER_AFTER ? FULL : {}));
      await killAt(
        new RegExp(`${address.replace(".", "\\.")}: Creation complete`),
        copy,
        "deploy",
        name,
        "--auto-approve",
      );
      const before = await identities(name);

      const lock = await lockOf(name);
      expect(await copy.script("recover", name)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining(`npm run recover -- ${name} --unlock ${lock}`),
      });
      const said = await recovered(name, "--unlock", lock);
      expect(said).toContain(`There already: ${address} (`);
      const after = await identities(name);
      expect(after.pools).toHaveLength(1);
      expect(after.clients).toHaveLength(1);
      if (before.pools.length > 0) expect(after.pools).toEqual(before.pools);
      if (before.clients.length > 0) expect(after.clients).toEqual(before.clients);
    },
  );

  describe("of an environment that was complete", () => {
    const last = `at${POSITIONS.length - 1}`;
    let before: Awaited<ReturnType<typeof identities>>;
    beforeAll(async () => {
      before = await identities(last);
    });

    it("completes a state that has half of it, some of it as half made, and replaces nothing", async () => {
      const kept = ["aws_cognito_user_pool.user_pool", "aws_cognito_user_pool_client.user_pool_client"];
      const inState = JSON.parse(await textOf(bucket, key(last))) as {
        resources: Array<{ mode: string; type: string; name: string }>;
      };
      const others = inState.resources
        .filter(({ mode }) => mode === "managed")
        .map(({ type, name }) => `${type}.${name}`)
        .filter((address) => !kept.includes(address));
      expect(await copy.terraform(last, "state", "rm", ...others.filter((_, index) => index % 2 === 0))).toMatchObject({
        code: 0,
      });
      for (const address of [...kept, others[1] ?? ""]) {
        expect(await copy.terraform(last, "taint", address)).toMatchObject({ code: 0 });
      }
      const said = await recovered(last);
      for (const address of kept) expect(said).toContain(`Half made, to be completed: ${address} (`);
      expect(said).toMatch(/ 0 to destroy|0 destroyed/);
      expect(await identities(last)).toEqual(before);
    });

    it("starts again where there is a lock and no state, and where it was killed itself", async () => {
      await deleteObject(bucket, key(last));
      const dead = { ID: "0b9c2d4e-0000-4000-8000-000000000000", Operation: "OperationTypeApply", Who: "ana@laptop" };
      await putObject(bucket, `${key(last)}.tflock`, JSON.stringify({ ...dead, Created: "2026-01-01T00:00:00Z" }));
      expect(await copy.script("recover", last, "--unlock", "another")).toMatchObject({
        code: 64,
        stderr: expect.stringContaining(`The lock is ${dead.ID}, not another`),
      });
      const moment = /aws_cognito_user_pool\.user_pool: Import complete/;
      await killAt(moment, copy, "recover", last, "--unlock", dead.ID, "--auto-approve");
      await recovered(last, "--unlock", await lockOf(last));
      expect(await identities(last)).toEqual(before);
    });

    it("makes it whole again where a destruction was killed", async () => {
      await killAt(/Destruction complete/, copy, "destroy", last, "--allow-all", "--auto-approve");
      // What the destruction took with it is made anew, and empty: that has to be meant.
      const { code, stdout } = await copy.script("recover", last, "--unlock", await lockOf(last), "--auto-approve");
      expect(stdout).toContain("It was deleted outside of Terraform.");
      expect(code).toBe(3);
      const [, meant = ""] = /npm run recover -- .*? (--allow .*)/.exec(stdout) ?? [];
      await recovered(last, ...meant.trim().split(" "));
      expect((await identities(last)).pools).toHaveLength(1);
    });
  });
});
