import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { signUpEvent } from "../support/events";
import { ProjectCopy } from "../support/project-copy";
import { cognito } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { invoke, makeFunction } from "./support/lambda";
import { makeBucket } from "./support/s3";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const ACCOUNT = "000000000000";
const PASSWORD = "Correct-Horse-1";

/** The pool's own function: it admits addresses of one domain, and confirms them. */
const OWN_FUNCTION = `exports.handler = async (event) => {
  if (!event.request.userAttributes.email.endsWith("@acme.com")) throw new Error("Not of acme.com: " + event.request.userAttributes.email + ".");
  event.response.autoConfirmUser = true;
  return event;
};`;

interface Pool {
  readonly Id: string;
  readonly Arn: string;
  readonly LambdaConfig?: Record<string, string>;
}

/*
 * Pools that are made by hand, as by another team, and protected where they are. The function is called by the emulated Cognito where that calls
 * triggers, and otherwise with the event that Cognito sends.
 */
describeE2e("a pool that is managed elsewhere is protected where it is", () => {
  const step = story();
  const ownFunction = `${project}-only-acme`;
  const ownArn = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${ownFunction}`;
  let copy: ProjectCopy;
  let aliases: Pool;
  let addresses: Pool;
  let before: unknown;

  beforeAll(async () => {
    await makeFunction(ownFunction, OWN_FUNCTION);
    aliases = await makePool({
      PoolName: `${project}-aliases`,
      AliasAttributes: ["email", "phone_number"],
      AutoVerifiedAttributes: ["email"],
      Schema: [{ Name: "plan", AttributeDataType: "String", Mutable: true }],
      LambdaConfig: { PreSignUp: ownArn },
    });
    addresses = await makePool({
      PoolName: `${project}-addresses`,
      UsernameAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
      UsernameConfiguration: { CaseSensitive: false },
    });
    await makeUser(aliases, "Ana", { email: "Ana@Acme.com", "custom:plan": "free" });
    await makeUser(aliases, "ben", { email: "ben@acme.com" });
    await makeUser(addresses, "ana@example.com", { email: "ana@example.com" });
    before = await accounts();
    copy = await ProjectCopy.make(settings());
    await makeBucket(`${project}-terraform-state`);
  });
  afterAll(() => copy?.remove());

  const settings = (changed: EnvironmentSettings = {}): ProjectSettings => ({
    project,
    region: "eu-west-1",
    environments: {
      names: {
        existingPool: { userPoolId: aliases.Id, preSignUp: ownArn },
        aliasAttributes: ["email", "phone_number"],
        standardAttributes: { email: { required: false } },
        dashboard: true,
        ...changed,
      },
      mail: { existingPool: { userPoolId: addresses.Id }, usernameAttributes: ["email"] },
    },
  });

  const arnOf = (environment: string) =>
    `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${project}-${environment}-pre-sign-up`;
  const asked = async (environment: string, pool: Pool, userName: string, email: string) => {
    const event = { ...signUpEvent(userName, email), userPoolId: pool.Id };
    return (await invoke(`${project}-${environment}-pre-sign-up`, event)) as {
      readonly errorMessage?: string;
      readonly response?: object;
    };
  };
  const protect = (environment: string) => copy.script("protect", environment);

  step("once it was audited", async () => {
    const { code, stdout } = await copy.script("users", "audit", "--pool", aliases.Id);
    expect(stdout).toContain(`${aliases.Id}: 2 accounts, no duplicates.`);
    expect(code).toBe(0);
  });

  step("without a resource of Cognito", async () => {
    for (const environment of ["names", "mail"]) {
      const { code, stdout } = await copy.script("deploy", environment, "--auto-approve");
      expect(stdout).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
      expect(code).toBe(0);
      const text = await readFile(path.join(copy.stack(environment), "cdk.tf.json"), "utf8");
      expect(Object.keys(JSON.parse(text).resource).filter((type) => type.startsWith("aws_cognito_"))).toEqual([]);
    }
  });

  step("which a second plan leaves as it is", async () => {
    for (const environment of ["names", "mail"]) {
      const { code, stdout } = await copy.script("plan", environment);
      expect(stdout).toContain("No changes.");
      expect(code).toBe(0);
    }
  });

  step("identifiers of the accounts that are there are reserved", async () => {
    expect(await copy.script("reservations", "verify", "names")).toMatchObject({ code: 2 });
    const { code, stdout } = await copy.script("reservations", "backfill", "names", "--apply");
    expect(stdout).toContain("4 made,");
    expect(code).toBe(0);
    expect(await copy.script("reservations", "backfill", "mail", "--apply")).toMatchObject({ code: 0 });
    expect(await copy.script("reservations", "verify", "names")).toMatchObject({ code: 0 });
  });

  step("the command says that the trigger is still to be added, and how", async () => {
    const { code, stdout } = await protect("names");
    expect(stdout).toContain(`✗ The pool calls ${ownArn} before a sign-up, not the function.`);
    expect(stdout).toContain(`pre_sign_up = "${arnOf("names")}"`);
    expect(stdout).toContain(`--lambda-config '{"PreSignUp":"${arnOf("names")}"}'`);
    expect(stdout.match(/✗/g)).toHaveLength(1);
    expect(code).toBe(2);
  });

  step("the owner adds the trigger, and the command finds nothing left", async () => {
    await setTrigger(aliases, arnOf("names"));
    await setTrigger(addresses, arnOf("mail"));
    for (const environment of ["names", "mail"]) {
      const { code, stdout } = await protect(environment);
      expect(stdout).not.toContain("✗");
      expect(stdout).toContain("✓ The pool calls the function before each sign-up.");
      expect(code).toBe(0);
    }
  });

  step("a duplicate is refused, in whatever letter case the pool would have taken it", async () => {
    expect((await asked("names", aliases, "ANA", "new@acme.com")).errorMessage).toBe(
      "The username is already registered",
    );
    expect((await asked("names", aliases, "cara", "BEN@acme.com")).errorMessage).toBe(
      "The email is already registered",
    );
    expect((await asked("mail", addresses, "9f8e7d6c", "Ana@Example.com")).errorMessage).toBe(
      "The email is already registered",
    );
  });

  step(
    "the pool's own function is asked afterwards: what it refuses holds nothing, what it sets goes to Cognito",
    async () => {
      const refused = await asked("names", aliases, "cara", "cara@example.com");
      expect(refused.errorMessage).toBe("Not of acme.com: …");
      expect((await asked("names", aliases, "cara", "cara@acme.com")).response).toEqual({
        autoConfirmUser: true,
        autoVerifyEmail: false,
        autoVerifyPhone: false,
      });
      expect((await asked("mail", addresses, "0a1b2c3d", "dora@example.com")).response).toMatchObject({
        autoConfirmUser: false,
      });
    },
  );

  step("the pool itself refuses a duplicate, and admits others", async () => {
    const { UserPoolClient } = (await cognito("CreateUserPoolClient", {
      UserPoolId: aliases.Id,
      ClientName: "web",
    })) as { UserPoolClient: { ClientId: string } };
    const signUp = (Username: string, email: string) =>
      cognito("SignUp", {
        ClientId: UserPoolClient.ClientId,
        Username,
        Password: PASSWORD,
        UserAttributes: [{ Name: "email", Value: email }],
      });
    await expect(signUp("aNa", "other@acme.com")).rejects.toMatchObject({
      body: { message: expect.stringContaining("The username is already registered") },
    });
    expect(await signUp("eva", "eva@acme.com")).toMatchObject({ UserConfirmed: true });
    await cognito("AdminDeleteUser", { UserPoolId: aliases.Id, Username: "eva" });
  });

  step("the accounts are untouched, and there is nothing left to change", async () => {
    expect(await accounts()).toEqual(before);
    expect((await copy.script("plan", "names")).stdout).toContain("No changes.");
  });

  step("another pool, or another function to ask, is blocked by the review", async () => {
    const other = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:other`;
    for (const [existingPool, address] of [
      [{ userPoolId: addresses.Id, preSignUp: ownArn }, "aws_lambda_permission.pre_sign_up_invoked_by_user_pool"],
      [{ userPoolId: aliases.Id, preSignUp: other }, "aws_lambda_function.pre_sign_up"],
      [{ userPoolId: aliases.Id }, "aws_lambda_function.pre_sign_up"],
    ] as const) {
      const { environments, ...rest } = settings({ existingPool });
      const { names } = environments as { names: EnvironmentSettings };
      await copy.configure({ ...rest, environments: { names } });
      const { code, stdout } = await copy.script("deploy", "names", "--auto-approve");
      expect(stdout).toContain(address);
      expect(code).toBe(3);
    }
    await copy.configure(settings());
  });

  step(
    "the command names what users sign in with and is not kept unique, and a function that would be dropped",
    async () => {
      await setTrigger(addresses, ownArn);
      await copy.configure({ ...settings(), environments: { mail: { existingPool: { userPoolId: addresses.Id } } } });
      const { code, stdout } = await protect("mail");
      expect(stdout).toContain(
        '✗ Once the settings are deployed: Users have no username of their own: Cognito makes it. Set usernameAttributes: ["email"].',
      );
      expect(stdout).toContain("✗ The deployed function differs from the settings in IDENTIFIERS. Deploy");
      expect(stdout).toContain(`✗ The pool calls ${ownArn}, which existingPool.preSignUp does not name`);
      expect(stdout).not.toContain("lambda_config");
      expect(code).toBe(2);
    },
  );

  async function makePool(settings: object): Promise<Pool> {
    const { UserPool } = (await cognito("CreateUserPool", settings)) as { UserPool: Pool };
    return UserPool;
  }

  async function makeUser({ Id }: Pool, Username: string, attributes: Record<string, string>): Promise<void> {
    const UserAttributes = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
    await cognito("AdminCreateUser", { UserPoolId: Id, Username, UserAttributes, MessageAction: "SUPPRESS" });
    await cognito("AdminSetUserPassword", { UserPoolId: Id, Username, Password: PASSWORD, Permanent: true });
  }

  function setTrigger({ Id }: Pool, PreSignUp: string): Promise<unknown> {
    return cognito("UpdateUserPool", {
      UserPoolId: Id,
      AutoVerifiedAttributes: ["email"],
      LambdaConfig: { PreSignUp },
    });
  }

  async function accounts(): Promise<unknown> {
    return Promise.all([aliases, addresses].map(({ Id }) => cognito("ListUsers", { UserPoolId: Id })));
  }
});
