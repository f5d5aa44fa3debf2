import type { Plan, ResourceChange } from "../../../review/plan";
import { IAM_ROLE_POLICY } from "../../../review/types/iam-role-policy";
import { LAMBDA_FUNCTION } from "../../../review/types/lambda-function";
import { LAMBDA_PERMISSION } from "../../../review/types/lambda-permission";
import type { At, ResourceType } from "../../../review/types/type";
import { USER_POOL } from "../../../review/types/user-pool";
import { UNKNOWN, type Value } from "../../../review/value";
import type { Block } from "../../support/stack";

const ACCOUNT = "111122223333";
const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:acme-dev-${name}`;
const FOREIGN = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:welcome`;
const keyOf = (account: string) => `arn:aws:kms:eu-west-1:${account}:key/1`;
const POOL = {
  arn: `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/eu-west-1_AbCdEfGhI`,
  id: "eu-west-1_AbCdEfGhI",
};

/** A plan with functions of these triggers, and a pool that has this configuration afterwards. */
function planWith(functions: readonly string[], lambdaConfig: Block = {}, resources: readonly Block[] = []): Plan {
  const made = functions.map((name) => {
    const values = { arn: arnOf(name), function_name: `acme-dev-${name}` };
    const address = `aws_lambda_function.${name.replaceAll("-", "_")}`;
    return { type: "aws_lambda_function", mode: "managed", action: "no-op", address, before: values, after: values };
  });
  const pool = { ...POOL, lambda_config: [lambdaConfig] };
  return {
    resources: [
      ...made,
      {
        type: "aws_cognito_user_pool",
        mode: "managed",
        action: "update",
        address: "aws_cognito_user_pool.user_pool",
        before: POOL,
        after: pool,
      },
      ...resources,
    ],
    state: [{ type: "aws_caller_identity", mode: "data", address: "x", values: { account_id: ACCOUNT } }],
    outputs: [],
  } as unknown as Plan;
}

function rules({ attributes }: ResourceType, path: string, from: Value, to: Value, where: Partial<At>): string[] {
  const change = { action: "update", address: "x", after: {}, afterUnknown: {} } as unknown as ResourceChange;
  const place: At = { change, plan: planWith([]), isNew: false, template: undefined, ...where };
  return (attributes[path]?.finds(from, to, place) ?? []).map(({ rule }) => rule);
}

const own = "pre-sign-up";
const before = { pre_sign_up: arnOf(own) };
const roles = {
  pre_token_generation: arnOf("pre-token-generation"),
  pre_token_generation_config: [{ lambda_arn: arnOf("pre-token-generation"), lambda_version: "V1_0" }],
};
const sender = (account = ACCOUNT) => ({
  custom_email_sender: [{ lambda_arn: arnOf("custom-email-sender"), lambda_version: "V1_0" }],
  kms_key_id: keyOf(account),
});
const LOST = ["user-pool-trigger"];
const GAINED = ["user-pool-foreign-trigger"];

describe("a pool that is there", () => {
  it.each<[string, Block, Block, string[]]>([
    [
      "gets a function of this plan that is made for the trigger",
      {},
      { post_confirmation: arnOf("post-confirmation") },
      [],
    ],
    [
      "gets a function of this plan that is made for another trigger",
      {},
      { post_confirmation: arnOf("custom-message") },
      GAINED,
    ],
    ["gets a function that is made elsewhere", {}, { post_confirmation: FOREIGN }, GAINED],
    ["gets a version of a function that is made elsewhere", {}, { post_confirmation: `${FOREIGN}:live` }, GAINED],
    [
      "gets a trigger of a name that is not known",
      {},
      { inbound_federation: [{ lambda_arn: arnOf("custom-message") }] },
      GAINED,
    ],
    ["loses a function", { post_confirmation: arnOf("post-confirmation") }, {}, LOST],
    ["loses a function that was made elsewhere", { post_confirmation: FOREIGN }, {}, LOST],
    ["gets a token's function", {}, roles, []],
    [
      "gets a token's function of a new version",
      {},
      { ...roles, pre_token_generation_config: [{ ...roles.pre_token_generation_config[0], lambda_version: "V2_0" }] },
      [],
    ],
    [
      "gets another version of the event",
      roles,
      { ...roles, pre_token_generation_config: [{ ...roles.pre_token_generation_config[0], lambda_version: "V2_0" }] },
      LOST,
    ],
    ["gets a sender with its key", {}, sender(), []],
    ["gets a sender with a key of another account", {}, sender("999999999999"), LOST],
    ["gets another key", sender(), { ...sender(), kms_key_id: `${keyOf(ACCOUNT)}2` }, LOST],
    ["loses the key of its sender", sender(), { ...sender(), kms_key_id: null }, LOST],
    ["stays", { ...roles, ...sender() }, { ...roles, ...sender() }, []],
  ])("%s", (_, old, now, expected) => {
    const plan = planWith([own, "post-confirmation", "custom-message", "pre-token-generation", "custom-email-sender"]);
    expect(rules(USER_POOL, "lambda_config", [{ ...before, ...old }], [{ ...before, ...now }], { plan })).toEqual(
      expected,
    );
  });
});

describe("a function that is only made by this plan", () => {
  const address = (name: string) => `\${aws_lambda_function.${name}.arn}`;
  const asked = (expression: Block, unknown: Block) => {
    const plan = {
      ...planWith([own, "custom-email-sender", "custom-message"]),
      configuration: {
        resources: [{ address: "aws_cognito_user_pool.user_pool", expressions: { lambda_config: [expression] } }],
      },
    } as unknown as Plan;
    const change = {
      action: "update",
      address: "aws_cognito_user_pool.user_pool",
      after: { lambda_config: [before] },
      afterUnknown: { lambda_config: [unknown] },
    } as unknown as ResourceChange;
    return rules(USER_POOL, "lambda_config", [before], UNKNOWN, { plan, change });
  };

  it("is known by what the configuration says, in a block of its own, too", () => {
    const block = (name: string) => ({ custom_email_sender: [{ lambda_arn: { constant_value: address(name) } }] });
    const unknown = { custom_email_sender: [{ lambda_arn: true }] };
    expect(asked(block("custom_email_sender"), unknown)).toEqual([]);
    expect(asked(block("custom_message"), unknown)).toEqual(GAINED);
  });
});

describe("a permission to call a function that is made elsewhere", () => {
  const asked = (path: string, value: Value, qualifier?: string, called = `${FOREIGN}:live`) => {
    const plan = planWith([], { post_confirmation: called });
    const after = { function_name: FOREIGN, qualifier: qualifier ?? null };
    const change = { action: "create", address: "x", after, afterUnknown: {} } as unknown as ResourceChange;
    return rules(LAMBDA_PERMISSION, path, undefined, value, { plan, change, isNew: true });
  };

  it("is fine for the version that the pool calls", () => {
    expect([asked("function_name", FOREIGN, "live"), asked("qualifier", "live", "live")]).toEqual([[], []]);
    expect(asked("function_name", FOREIGN, undefined, FOREIGN)).toEqual([]);
  });

  it("is found for another version, or another function", () => {
    expect(asked("qualifier", "test", "test")).toEqual(["permission-wide"]);
    expect(asked("function_name", FOREIGN)).toEqual(["permission-lost"]);
  });
});

describe("what a function is told, and how long it may take", () => {
  const variables = (name: string, variables: Block) => {
    const after = { function_name: `acme-dev-${name}`, environment: [{ variables }] };
    const change = { action: "update", address: "x", before: {}, after, afterUnknown: {} } as unknown as ResourceChange;
    return rules(LAMBDA_FUNCTION, "environment", undefined, [{ variables }], { change });
  };

  it.each<[string, Block, string[]]>([
    ["post-confirmation", { TEAM: "acme" }, []],
    ["user-migration", { TEAM: "acme" }, []],
    ["pre-sign-up", { TEAM: "acme" }, ["function-variables"]],
    ["another", { TEAM: "acme" }, ["function-variables"]],
    ["post-confirmation", { NODE_OPTIONS: "--require x" }, ["function-variables"]],
    ["post-confirmation", { AWS_ENDPOINT_URL: "https://x" }, ["function-variables"]],
    ["post-confirmation", { RESERVATIONS_TABLE: "another" }, ["function-variables"]],
  ])("%s may be told %j: findings %j", (name, told, expected) => {
    expect(variables(name, told)).toEqual(expected);
  });

  it.each([
    ["custom-sms-sender", 60, []],
    ["custom-sms-sender", 901, ["function-timeout"]],
    ["post-confirmation", 60, ["function-timeout"]],
    ["post-confirmation", 4, []],
  ])("%s may take %s seconds: findings %j", (name, seconds, expected) => {
    const after = { function_name: `acme-dev-${name}` };
    const change = { action: "update", address: "x", after, afterUnknown: {} } as unknown as ResourceChange;
    expect(rules(LAMBDA_FUNCTION, "timeout", 4, seconds, { change })).toEqual(expected);
  });
});

describe("the grant to decrypt codes", () => {
  const policy = (Resource: string, userPoolId: string | undefined, Action = "kms:Decrypt") =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action,
          Resource,
          ...(userPoolId && { Condition: { StringEquals: { "kms:EncryptionContext:userpool-id": userPoolId } } }),
        },
      ],
    });
  const asked = (text: string, functions: readonly string[], config: Block = sender()) =>
    rules(IAM_ROLE_POLICY, "policy", undefined, text, { plan: planWith(functions, config), isNew: true });

  it("is for the pool's key and one pool, where there is a sender", () => {
    expect(asked(policy(keyOf(ACCOUNT), POOL.id), ["custom-email-sender"])).toEqual([]);
    expect(asked(policy(keyOf(ACCOUNT), "${aws_cognito_user_pool.user_pool.id}"), ["custom-email-sender"])).toEqual([]);
  });

  it.each<[string, string, string[], Block]>([
    ["any pool", policy(keyOf(ACCOUNT), undefined), ["custom-email-sender"], sender()],
    ["another key", policy(keyOf("999999999999"), POOL.id), ["custom-email-sender"], sender()],
    ["more than to decrypt", policy(keyOf(ACCOUNT), POOL.id, "kms:*"), ["custom-email-sender"], sender()],
    ["no sender", policy(keyOf(ACCOUNT), POOL.id), ["post-confirmation"], sender()],
    ["a pool without a key", policy(keyOf(ACCOUNT), POOL.id), ["custom-email-sender"], {}],
  ])("is found where it is for %s", (_, text, functions, config) => {
    expect(asked(text, functions, config)).toEqual(["role-rights"]);
  });
});
