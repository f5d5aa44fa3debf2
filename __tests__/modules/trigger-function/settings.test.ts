import { SettingsError } from "../../../settings/problems";
import { loadProject } from "../../../settings/project";
import type { EnvironmentSettings } from "../../../settings/schema";
import { SENDER_KEY, WITH_OWN_TRIGGERS } from "../../support/own-triggers";
import { only, statementsOf } from "../../support/stack";
import { environment } from "../../support/synth";

const ARN = "arn:aws:lambda:eu-west-1:111122223333:function:welcome";
const file = "lambda/welcome.ts";
const ONE = { functionArn: ARN };
const CUSTOM_AUTH = { defineAuthChallenge: ONE, createAuthChallenge: ONE, verifyAuthChallengeResponse: ONE };
const authFlows: EnvironmentSettings["authFlows"] = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

/** What is refused, as `<field>: … allowed: <allowed>`. */
function problemsOf(settings: object): string[] {
  try {
    loadProject({ project: "acme", region: "eu-west-1", environments: { live: settings } });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return [...error.problems];
    throw error;
  }
}

it.each<[string, EnvironmentSettings]>([
  ["a file", { triggers: { postConfirmation: { file } } }],
  [
    "a file with variables and memory",
    { triggers: { customMessage: { file, variables: { TEAM: "a" }, memorySize: 128 } } },
  ],
  ["a function by its ARN", { triggers: { postAuthentication: ONE } }],
  ["a function of another account", { triggers: { preAuthentication: { ...ONE, permission: false } } }],
  ["a function that is asked before sign-ups", { triggers: { preSignUp: ONE } }],
  [
    "one that another trigger calls, too, with the permission of its owner",
    { triggers: { preSignUp: ONE, postConfirmation: { ...ONE, permission: false } } },
  ],
  ["a token's version", { triggers: { preTokenGeneration: { file, lambdaVersion: "V3_0" } } }],
  ["the first version of a token with the tier LITE", { poolTier: "LITE", triggers: { preTokenGeneration: ONE } }],
  ["a sender with its key", { triggers: { customSmsSender: { file, timeout: 60 } }, senderKeyArn: SENDER_KEY }],
  ["the three triggers of custom authentication", { authFlows, triggers: CUSTOM_AUTH }],
  ["the flow alone, where customize may add the triggers", { authFlows, customize: () => {} }],
  ["a user migration of one's own", { triggers: { userMigration: { file } } }],
  ["every trigger with a file", WITH_OWN_TRIGGERS],
])("%s is taken", (_, settings) => {
  expect(problemsOf(settings)).toEqual([]);
});

const OLD_POOL = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };
const EITHER = "{ file, variables, memorySize }, or { functionArn, permission }";

it.each<[string, object, string, string]>([
  ["neither a file nor an ARN", { triggers: { customMessage: {} } }, "triggers.customMessage", EITHER],
  ["both", { triggers: { customMessage: { file, ...ONE } } }, "triggers.customMessage", EITHER],
  [
    "variables for what is made elsewhere",
    { triggers: { customMessage: { ...ONE, variables: {} } } },
    "triggers.customMessage",
    EITHER,
  ],
  [
    "a permission for a file",
    { triggers: { customMessage: { file, permission: false } } },
    "triggers.customMessage",
    EITHER,
  ],
  [
    "an unknown trigger",
    { triggers: { postSignUp: { file } } },
    "triggers.postSignUp",
    "the fields preSignUp, postConfirmation",
  ],
  [
    "a timeout where Cognito waits",
    { triggers: { postConfirmation: { file, timeout: 60 } } },
    "triggers.postConfirmation.timeout",
    "the fields file, variables",
  ],
  [
    "a version of another event",
    { triggers: { customMessage: { file, lambdaVersion: "V2_0" } } },
    "triggers.customMessage.lambdaVersion",
    "the fields file, variables",
  ],
  [
    "an unknown version",
    { triggers: { preTokenGeneration: { file, lambdaVersion: "V4_0" } } },
    "triggers.preTokenGeneration.lambdaVersion",
    "V1_0, V2_0, V3_0",
  ],
  [
    "a check and a function before sign-ups",
    { triggers: { preSignUp: { file, ...ONE } } },
    "triggers.preSignUp",
    "{ file } of a check, or { functionArn }",
  ],
  ["neither before sign-ups", { triggers: { preSignUp: {} } }, "triggers.preSignUp", "{ file } of a check, or"],
  [
    "the project's own function to ask before sign-ups",
    { triggers: { preSignUp: { functionArn: ARN.replace("welcome", "acme-live-pre-sign-up") } } },
    "triggers.preSignUp.functionArn",
    "a function other than those that are made here",
  ],
  [
    "a function of another Region before sign-ups",
    { triggers: { preSignUp: { functionArn: ARN.replace("eu-west-1", "us-east-1") } } },
    "triggers.preSignUp.functionArn",
    "a function of the Region eu-west-1",
  ],
  [
    "no ARN of a function",
    { triggers: { customMessage: { functionArn: "welcome" } } },
    "triggers.customMessage.functionArn",
    "the ARN of a Lambda function",
  ],
  [
    "a function of another Region",
    { triggers: { customMessage: { functionArn: ARN.replace("eu-west-1", "us-east-1") } } },
    "triggers.customMessage.functionArn",
    "a function of the Region eu-west-1",
  ],
  [
    "a function of another partition",
    { triggers: { customMessage: { functionArn: ARN.replace("arn:aws:", "arn:aws-cn:") } } },
    "triggers.customMessage.functionArn",
    "a function of the Region eu-west-1",
  ],
  [
    "a sender without a key",
    { triggers: { customEmailSender: { file } } },
    "senderKeyArn",
    "a key, which customEmailSender cannot be without",
  ],
  [
    "a key without a sender",
    { senderKeyArn: SENDER_KEY },
    "senderKeyArn",
    "a key only beside one of customEmailSender, customSmsSender",
  ],
  [
    "a key of another Region",
    { triggers: { customEmailSender: { file } }, senderKeyArn: SENDER_KEY.replace("eu-west-1", "us-east-1") },
    "senderKeyArn",
    "a key of the Region eu-west-1",
  ],
  [
    "an alias for a key",
    { triggers: { customEmailSender: { file } }, senderKeyArn: "alias/codes" },
    "senderKeyArn",
    "a KMS key ARN",
  ],
  [
    "a new version with the tier LITE",
    { poolTier: "LITE", triggers: { preTokenGeneration: { file, lambdaVersion: "V2_0" } } },
    "triggers.preTokenGeneration.lambdaVersion",
    "V1_0, or another poolTier than LITE",
  ],
  [
    "a second user migration",
    { migrateFrom: OLD_POOL, triggers: { userMigration: { file } } },
    "triggers.userMigration",
    "nothing beside migrateFrom",
  ],
  [
    "one of the three of custom authentication",
    { authFlows, triggers: { defineAuthChallenge: ONE } },
    "triggers",
    "together; createAuthChallenge, verifyAuthChallengeResponse missing",
  ],
  [
    "custom authentication without a client",
    { triggers: CUSTOM_AUTH },
    "triggers",
    "only with a client whose authFlows have ALLOW_CUSTOM_AUTH",
  ],
  [
    "a client of custom authentication without triggers",
    { authFlows },
    "authFlows",
    "ALLOW_CUSTOM_AUTH only with triggers",
  ],
  [
    "a variable of Lambda's own",
    { triggers: { customMessage: { file, variables: { AWS_REGION: "x" } } } },
    "triggers.customMessage.variables.AWS_REGION",
    "and not with AWS_ or LAMBDA_",
  ],
  [
    "variables that are too long",
    { triggers: { customMessage: { file, variables: { TEXT: "x".repeat(4096) } } } },
    "triggers.customMessage.variables",
    "bytes less",
  ],
  [
    "a variable with a template",
    { triggers: { customMessage: { file, variables: { TEXT: "${x}" } } } },
    "triggers.customMessage.variables.TEXT",
    "which Terraform replaces",
  ],
])("%s is refused", (_, settings, field, allowed) => {
  const problems = problemsOf(settings);
  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(`environment "live", field "${field}": `);
  expect(problems[0]?.split("; allowed: ")[1]).toContain(allowed);
});

it.each([
  "../welcome.ts",
  "/srv/welcome.ts",
  "./lambda/welcome.ts",
  "lambda/../../welcome.ts",
  "lambda/welcome.py",
  "lambda//..",
  "",
])("the file %j is refused: it is none of the project's", (one) => {
  expect(problemsOf({ triggers: { postConfirmation: { file: one } } })[0]).toContain(
    'field "triggers.postConfirmation.file"',
  );
});

it("the name of every trigger's function has its limit", () => {
  const project = "p".repeat(20);
  const environments = {
    ["e".repeat(20)]: { authFlows, triggers: { ...CUSTOM_AUTH, verifyAuthChallengeResponse: { file } } },
  };
  expect(() => loadProject({ project, region: "eu-west-1", environments })).toThrow(
    /verify-auth-challenge-response" is not allowed; .* with verifyAuthChallengeResponse, shorten .* by 8 together/,
  );
});

describe("an environment", () => {
  const alarmTopicArn = "arn:aws:sns:eu-west-1:111122223333:on-call";
  const triggers = { ...WITH_OWN_TRIGGERS.triggers, preAuthentication: { file } };
  const { resource, data } = environment({ ...WITH_OWN_TRIGGERS, triggers, alarmTopicArn, memorySize: 1024 });

  it("has a function for each trigger with a file, with a zip, a role, a log and a permission of its own", () => {
    const { aws_lambda_function: functions = {}, aws_cloudwatch_log_group, aws_iam_role } = resource;
    expect(Object.keys(functions).sort()).toEqual([
      ...["create_auth_challenge", "custom_email_sender", "custom_sms_sender", "define_auth_challenge"],
      ...["post_confirmation", "pre_authentication", "pre_sign_up", "pre_token_generation"],
      "verify_auth_challenge_response",
    ]);
    for (const [id, fn] of Object.entries(functions)) {
      const name = id.replaceAll("_", "-");
      expect(fn.function_name).toBe(`acme-dev-${name}`);
      expect(data.archive_file?.[`${id}_zip`]?.output_path).toMatch(new RegExp(`^${name}-[0-9a-f]{16}\\.zip$`));
      expect(aws_iam_role?.[`${id}_role`]?.name).toBe(fn.function_name);
      expect(aws_cloudwatch_log_group?.[`${id}_logs`]?.name).toBe(`/aws/lambda/${fn.function_name}`);
      expect(resource.aws_lambda_permission?.[`${id}_invoked_by_user_pool`]).toMatchObject({
        source_arn: "${aws_cognito_user_pool.user_pool.arn}",
        source_account: expect.stringContaining(".account_id}"),
      });
    }
  });

  it("tells a function its variables, and lets it run as long as Cognito waits; a sender longer", () => {
    const { post_confirmation, custom_email_sender, custom_sms_sender } = resource.aws_lambda_function ?? {};
    expect(post_confirmation).toMatchObject({
      environment: { variables: { TEAM: "acme" } },
      memory_size: 256,
      timeout: 4,
      runtime: "nodejs22.x",
      architectures: ["arm64"],
    });
    expect(custom_email_sender).toMatchObject({ timeout: 30, memory_size: 1024 });
    expect(custom_sms_sender?.timeout).toBe(4);
  });

  it("is alarmed by errors, but not where to throw is how a user is refused, and by throttles", () => {
    const alarms = Object.keys(resource.aws_cloudwatch_metric_alarm ?? {});
    expect(alarms).toEqual(
      expect.arrayContaining(["post_confirmation_alarms_errors", "post_confirmation_alarms_throttles"]),
    );
    expect(alarms.filter((alarm) => alarm.startsWith("pre_authentication"))).toEqual([
      "pre_authentication_alarms_throttles",
    ]);
  });

  it("lets the pool call a function that has several triggers once", () => {
    const document = environment({
      authFlows,
      triggers: { ...CUSTOM_AUTH, customMessage: { functionArn: `${ARN}:live` } },
    });
    expect(Object.keys(document.resource.aws_lambda_permission ?? {}).sort()).toEqual([
      "function_welcome_invoked_by_user_pool",
      "function_welcome_live_invoked_by_user_pool",
      "pre_sign_up_invoked_by_user_pool",
    ]);
  });

  it("calls the function that each trigger names, also where two accounts have one of the same name", () => {
    const elsewhere = ARN.replace("111122223333", "444455556666");
    const triggers = { postConfirmation: ONE, customMessage: { functionArn: elsewhere, permission: false } } as const;
    const { resource } = environment({ triggers });
    expect(resource.aws_cognito_user_pool?.user_pool?.lambda_config).toMatchObject({
      post_confirmation: ARN,
      custom_message: elsewhere,
    });
    const permitted = Object.values(resource.aws_lambda_permission ?? {}).map((permission) => permission.function_name);
    expect(permitted).toEqual([ARN, "${aws_lambda_function.pre_sign_up.function_name}"]);
  });
});

it("a function before sign-ups is asked by the project's own, which the pool calls, and may be called by that one alone", () => {
  const { resource } = environment({ triggers: { preSignUp: ONE } });
  const own = only(resource, "aws_lambda_function");
  expect(own.environment.variables.POOLS_FUNCTION).toBe(ARN);
  expect(only(resource, "aws_cognito_user_pool").lambda_config).toEqual({
    pre_sign_up: "${aws_lambda_function.pre_sign_up.arn}",
  });
  expect(statementsOf(resource.aws_iam_role_policy?.pre_sign_up_ask_pools_function)).toEqual([
    { Effect: "Allow", Action: "lambda:InvokeFunction", Resource: ARN },
  ]);
  expect(Object.keys(resource.aws_lambda_permission ?? {})).toEqual(["pre_sign_up_invoked_by_user_pool"]);
});
