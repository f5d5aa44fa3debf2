import { randomBytes } from "node:crypto";
import type { EnvironmentSettings, ProjectSettings } from "../../settings/schema";
import { signUpEvent } from "../support/events";
import { forgottenEvent, PASSWORD, signInEvent } from "../support/old-pool";
import { ProjectCopy } from "../support/project-copy";
import { SENT_BY_MIGRATION as SENT } from "../support/sent";
import { cognito, secretHash } from "./support/cognito";
import { describeE2e, story } from "./support/describe-e2e";
import { changeExternalId, makeRole } from "./support/iam";
import { invoke } from "./support/lambda";
import { makeBucket } from "./support/s3";

const project = `e2e-${randomBytes(4).toString("hex")}`;
const ROLE = `${project}-old-pool-reader`;
const ACCOUNT = "000000000000";
const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/${ROLE}`;
const ACTIONS = ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser", "cognito-idp:ListUsers"];

/** Five accounts: two duplicates and three others. */
const USERS = [
  { username: "username", email: "ana@example.com" },
  { username: "Username", email: "ana@example.com", verified: false },
  { username: "ben", email: "Ben@Example.com" },
  { username: "cara", email: "cara@example.com" },
  { username: "dora", email: "dora@example.com" },
];

interface Answer {
  readonly errorMessage?: string;
  readonly response?: { readonly userAttributes: Record<string, string>; readonly finalUserStatus?: string };
}

/*
 * The emulator has no user-migration trigger: the deployed function is called as Cognito would, and what it answers is
 * done with Cognito's own calls. It holds the function to its role.
 */
describeE2e("accounts of a case-sensitive pool move when their owners come", () => {
  const step = story();
  let copy: ProjectCopy;
  let oldPool: { id: string; clientId: string };
  let pool: string;
  let client: { id: string; secret: string };

  beforeAll(async () => {
    oldPool = await makeOldPool();
    copy = await ProjectCopy.make(settings({}));
    await makeBucket(`${project}-terraform-state`);
  });
  afterAll(() => copy?.remove());

  const settings = (changed: EnvironmentSettings): ProjectSettings => ({
    project,
    region: "eu-west-1",
    environments: {
      dev: { dashboard: true, migrateFrom: { userPoolId: oldPool.id, clientId: oldPool.clientId }, ...changed },
    },
  });
  const call = async (event: object, userPoolId = pool) =>
    (await invoke(`${project}-dev-user-migration`, { ...event, userPoolId })) as Answer;
  const said = ({ errorMessage, response }: Answer) => errorMessage ?? response?.finalUserStatus ?? "to be reset";

  step("deploys the function beside the other", async () => {
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve");
    expect(stdout).toContain("Apply complete! Resources: 22 added, 0 changed, 0 destroyed.");
    expect(code).toBe(0);
    const outputs = JSON.parse((await copy.script("output", "dev", "--json")).stdout);
    pool = outputs.UserPoolId.value;
    client = { id: outputs.UserPoolClientId.value, secret: outputs.UserPoolClientSecret.value };
    const { UserPool } = (await cognito("DescribeUserPool", { UserPoolId: pool })) as {
      UserPool: { LambdaConfig: Record<string, string> };
    };
    expect(UserPool.LambdaConfig).toMatchObject({
      PreSignUp: expect.stringMatching(/-dev-pre-sign-up$/),
      UserMigration: expect.stringMatching(/-dev-user-migration$/),
    });
  });

  step("admits users with the old password, and no others", async () => {
    const answer = await call(signInEvent("ben"));
    expect(answer.response).toEqual({
      userAttributes: { username: "ben", email: "Ben@Example.com", email_verified: "true" },
      finalUserStatus: "CONFIRMED",
      messageAction: "SUPPRESS",
      desiredDeliveryMediums: [],
      forceAliasCreation: false,
    });
    expect(said(await call(signInEvent("cara", "Wrong-Horse-1")))).toBe(SENT.declined);
    expect(said(await call(signInEvent("nobody")))).toBe(SENT.declined);
    expect(said(await call(signInEvent("CARA")))).toBe(SENT.declined);
    expect(said(await call(forgottenEvent("nobody")))).toBe(SENT.declined);
  });

  step("is followed by the check before a sign-up, in whatever case Cognito writes the name", async () => {
    const preSignUp = (username: string, email: string) =>
      invoke(`${project}-dev-pre-sign-up`, { ...signUpEvent(username, email), userPoolId: pool });
    expect(await preSignUp("ben", "Ben@Example.com")).toMatchObject({ userName: "ben" });
    expect(await preSignUp("other", "ben@example.com")).toMatchObject({
      errorMessage: "The email is already registered",
    });
  });

  step("makes an account that signs in with the old password, and is not moved again", async () => {
    await made("ben", await call(signInEvent("ben")));
    expect(await signIn("ben")).toBe("signed in");
    expect(said(await call(signInEvent("Ben@Example.com")))).toBe(SENT.declined);
  });

  step("moves users that forgot the password, which is reset by e-mail", async () => {
    expect(said(await call(forgottenEvent("dora@example.com")))).toBe("to be reset");
  });

  step("leaves one person's two accounts where they are until somebody has decided", async () => {
    expect(said(await call(signInEvent("Username")))).toBe(SENT.declined);
    await cognito("AdminDisableUser", { UserPoolId: oldPool.id, Username: "Username" });
    expect(said(await call(signInEvent("Username")))).toBe(SENT.declined);
    expect(said(await call(signInEvent("username")))).toBe("CONFIRMED");
  });

  step("asks its own pool only about its accounts", async () => {
    expect(said(await call(signInEvent("cara"), "eu-west-1_somebody"))).toBe(SENT.unavailable);
  });

  step("asks a pool of another account through a role, if that role lets it", async () => {
    const migrateFrom = { userPoolId: oldPool.id, clientId: oldPool.clientId, roleArn: ROLE_ARN, externalId: "acme-1" };
    await copy.configure(settings({ migrateFrom }));
    const meant = ["aws_iam_role_policy.user_migration_ask_old_pool", "aws_lambda_function.user_migration"];
    const allow = meant.flatMap((address) => ["--allow", address]);
    const { code, stdout } = await copy.script("deploy", "dev", "--auto-approve", ...allow);
    // The grant and the function, and nothing that the first deployment left open.
    expect(stdout).toContain("Apply complete! Resources: 0 added, 2 changed, 0 destroyed.");
    expect(code).toBe(0);
    expect(said(await call(signInEvent("cara")))).toBe(SENT.unavailable);

    const trusts = `arn:aws:iam::${ACCOUNT}:role/${project}-dev-user-migration`;
    const resource = `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/${oldPool.id}`;
    await makeRole(ROLE, { trusts, externalId: "somebody-else", actions: ACTIONS, resource });
    expect(said(await call(signInEvent("cara")))).toBe(SENT.unavailable);
    await changeExternalId(ROLE, trusts, "acme-1");
    expect(said(await call(signInEvent("cara")))).toBe("CONFIRMED");
  });

  step("has nothing left to change", async () => {
    const { code, stdout } = await copy.script("plan", "dev");
    expect(stdout).toContain("No changes.");
    expect(code).toBe(0);
  });

  async function makeOldPool() {
    const { UserPool } = (await cognito("CreateUserPool", {
      PoolName: `${project}-old`,
      AliasAttributes: ["email"],
      AutoVerifiedAttributes: ["email"],
    })) as { UserPool: { Id: string } };
    const { UserPoolClient } = (await cognito("CreateUserPoolClient", {
      UserPoolId: UserPool.Id,
      ClientName: "user-migration",
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
    })) as { UserPoolClient: { ClientId: string } };
    for (const { username, email, verified = true } of USERS) {
      const UserAttributes = [
        { Name: "email", Value: email },
        { Name: "email_verified", Value: String(verified) },
      ];
      const user = { UserPoolId: UserPool.Id, Username: username };
      await cognito("AdminCreateUser", { ...user, UserAttributes, MessageAction: "SUPPRESS" });
      await cognito("AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
    }
    return { id: UserPool.Id, clientId: UserPoolClient.ClientId };
  }

  /** What Cognito does with an answer. */
  async function made(typed: string, { response }: Answer): Promise<void> {
    const { username = typed, ...attributes } = response?.userAttributes ?? {};
    await cognito("AdminCreateUser", {
      UserPoolId: pool,
      Username: username,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      MessageAction: "SUPPRESS",
    });
    await cognito("AdminSetUserPassword", {
      UserPoolId: pool,
      Username: username,
      Password: PASSWORD,
      Permanent: true,
    });
  }

  async function signIn(username: string): Promise<string> {
    const answer = (await cognito("InitiateAuth", {
      ClientId: client.id,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: username, PASSWORD, SECRET_HASH: secretHash(client, username) },
    })) as { AuthenticationResult?: object };
    return answer.AuthenticationResult ? "signed in" : JSON.stringify(answer);
  }
});
