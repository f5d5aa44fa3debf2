import { loadProject } from "../../../settings/project";
import type { EnvironmentSettings } from "../../../settings/schema";
import { warnings } from "../../../settings/warnings";
import { only, statementsOf } from "../../support/stack";
import { synthesized } from "../../support/synth";

const USER_POOL_ID = "eu-west-1_AbCdEfGhI";
const existingPool = { userPoolId: USER_POOL_ID };
const PRE_SIGN_UP = "arn:aws:lambda:eu-west-1:111122223333:function:only-acme:live";
const PROJECT = { project: "acme", region: "eu-west-1" } as const;

const stack = (settings: EnvironmentSettings = {}) => {
  const { prod } = synthesized({ ...PROJECT, environments: { prod: { existingPool, ...settings } } });
  if (!prod) throw new Error("no stack");
  return prod;
};
const load = (...environments: EnvironmentSettings[]) =>
  loadProject({
    ...PROJECT,
    environments: Object.fromEntries(environments.map((each, index) => [index === 0 ? "prod" : `prod-${index}`, each])),
  });

describe("the stack around a pool that is managed elsewhere", () => {
  it("has the function, its table, and what watches them, and nothing of Cognito", () => {
    const alarmTopicArn = "arn:aws:sns:eu-west-1:111122223333:on-call";
    const { resource, data, output } = stack({ alarmTopicArn, dashboard: true });
    expect(Object.keys(resource).sort()).toEqual([
      "aws_cloudwatch_dashboard",
      "aws_cloudwatch_log_group",
      "aws_cloudwatch_metric_alarm",
      "aws_dynamodb_table",
      "aws_iam_role",
      "aws_iam_role_policy",
      "aws_lambda_function",
      "aws_lambda_permission",
    ]);
    expect(only(data, "aws_cognito_user_pool")).toMatchObject({ user_pool_id: USER_POOL_ID });
    expect(Object.keys(output)).toEqual(["PreSignUpFunctionArn", "ReservationsTable"]);
  });

  it("lets that pool of that account alone call the function, and the function look into that pool alone", () => {
    const document = stack();
    const arn = "${data.aws_cognito_user_pool.user_pool.arn}";
    expect(only(document.resource, "aws_lambda_permission")).toMatchObject({
      principal: "cognito-idp.amazonaws.com",
      source_arn: arn,
      source_account: "${data.aws_caller_identity.pre_sign_up_account.account_id}",
    });
    expect(
      statementsOf(document.resource.aws_iam_role_policy?.pre_sign_up_list_users).map(({ Resource }) => Resource),
    ).toEqual([arn, arn]);
  });

  it.each<[EnvironmentSettings, string | undefined]>([
    [{}, undefined],
    [{ aliasAttributes: [] }, '{"username":"required"}'],
    [{ usernameAttributes: ["email"] }, '{"email":"required"}'],
    [{ standardAttributes: { email: { required: false } } }, '{"username":"required","email":"optional"}'],
  ])("keeps unique what %j says that its users sign in with", (settings, identifiers) => {
    const { environment } = only(stack(settings).resource, "aws_lambda_function");
    expect(environment.variables.IDENTIFIERS).toBe(identifiers);
  });

  it("asks the function that the pool called before, and may call that one alone", () => {
    const document = stack({ existingPool: { ...existingPool, preSignUp: PRE_SIGN_UP } });
    expect(only(document.resource, "aws_lambda_function").environment.variables.POOLS_FUNCTION).toBe(PRE_SIGN_UP);
    expect(statementsOf(document.resource.aws_iam_role_policy?.pre_sign_up_ask_pools_function)).toEqual([
      { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: PRE_SIGN_UP },
    ]);
    expect(stack().text).not.toContain('InvokeFunction\\"');
  });

  it("has a check of its own, where that is wanted", () => {
    expect(() => load({ existingPool, triggers: { preSignUp: { file: "lambda/only-acme.ts" } } })).not.toThrow();
  });

  it("warns of nothing that its pool or its clients have", () => {
    expect(load({ existingPool }).environments.flatMap(warnings)).toEqual([]);
  });
});

it.each<[string, EnvironmentSettings]>([
  ["clients", { clients: { web: { clientType: "web", callbackUrls: ["https://acme.com/auth"] } } }],
  ["applicationUrls", { applicationUrls: ["https://acme.com"] }],
  ["callbackUrls", { callbackUrls: ["https://acme.com/auth"] }],
  ["domainPrefix", { domainPrefix: "acme" }],
  ["managedLogin", { managedLogin: true }],
  ["mfa", { mfa: "ON" }],
  ["verificationMessage", { verificationMessage: { by: "LINK" } }],
  ["passwordPolicy", { passwordPolicy: { minimumLength: 12 } }],
  ["selfSignUp", { selfSignUp: false }],
  ["customAttributes", { customAttributes: { plan: { type: "String" } } }],
  ["groups", { groups: { staff: {} } }],
  ["resourceServers", { resourceServers: { orders: { scopes: { read: "Read" } } } }],
  ["identityPool", { identityPool: {} }],
  ["waf", { waf: { requestsPerFiveMinutes: 500 } }],
  ["migrateFrom", { migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" } }],
  ["triggers.postConfirmation", { triggers: { postConfirmation: { functionArn: PRE_SIGN_UP } } }],
  ["identityProviders", { identityProviders: { Google: { clientId: "1", clientSecret: { ssmParameter: "/g" } } } }],
])("%s is refused beside it, with the reason", (field, settings) => {
  expect(() => load({ existingPool, ...settings })).toThrow(
    new RegExp(
      `^environments.ts: 1 setting cannot be used.\n  - environment "prod", field "${field}": .* is not allowed; allowed: .*because existingPool is managed elsewhere`,
    ),
  );
});

it.each<[string, EnvironmentSettings, string]>([
  ["a pool of another Region", { existingPool: { userPoolId: "us-east-1_AbCdEfGhI" } }, "existingPool.userPoolId"],
  [
    "a function of another Region",
    { existingPool: { ...existingPool, preSignUp: PRE_SIGN_UP.replace("eu-west-1", "us-east-1") } },
    "existingPool.preSignUp",
  ],
  [
    "the project's own function",
    { existingPool: { ...existingPool, preSignUp: PRE_SIGN_UP.replace("only-acme:live", "acme-prod-pre-sign-up") } },
    "existingPool.preSignUp",
  ],
  [
    "a check of the environment's own beside the pool's function",
    {
      existingPool: { ...existingPool, preSignUp: PRE_SIGN_UP },
      triggers: { preSignUp: { file: "lambda/only-acme.ts" } },
    },
    "existingPool.preSignUp",
  ],
  [
    "a function to ask in another place than existingPool",
    { existingPool, triggers: { preSignUp: { functionArn: PRE_SIGN_UP } } },
    "triggers.preSignUp.functionArn",
  ],
  [
    "both kinds of sign-in names",
    { existingPool, aliasAttributes: ["email"], usernameAttributes: ["email"] },
    "usernameAttributes",
  ],
  [
    "a key of another Region",
    { existingPool, kmsKeyArn: "arn:aws:kms:us-east-1:111122223333:key/1234abcd" },
    "kmsKeyArn",
  ],
])("%s is refused", (_, settings, field) => {
  expect(() => load(settings)).toThrow(`  - environment "prod", field "${field}": `);
});

it("one pool is protected by one environment", () => {
  expect(() => load({ existingPool }, { existingPool })).toThrow(
    'environment "prod-1", field "existingPool.userPoolId": "eu-west-1_AbCdEfGhI" is not allowed; allowed: a pool that "prod" does not protect',
  );
});

it("an environment around a pool has no hosted domain that another one's could clash with", () => {
  expect(() => load({ existingPool }, { domainPrefix: "acme-prod-v2" })).not.toThrow();
});
