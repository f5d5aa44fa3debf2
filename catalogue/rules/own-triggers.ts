import { API, type Block, CDK, GUIDE, PROVIDER, refused, rule, written } from "./rule";

const POOL = "cognito_user_pool";
const ARN = (name: string, region = "eu-west-1") => `arn:aws:lambda:${region}:111122223333:function:${name}`;
const senderKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const senders = {
  triggers: { customEmailSender: { functionArn: ARN("mail") }, customSmsSender: { functionArn: ARN("sms") } },
};
const preTokenGeneration = (lambdaVersion: "V1_0" | "V2_0" | "V3_0") => ({
  triggers: { preTokenGeneration: { functionArn: ARN("claims"), lambdaVersion } },
});
const challenges = {
  defineAuthChallenge: { functionArn: ARN("define") },
  createAuthChallenge: { functionArn: ARN("create") },
  verifyAuthChallengeResponse: { functionArn: ARN("verify") },
};
const config = ({ lambda_config: triggers = {} }: Block): Block => triggers;

export const senderTriggers = [
  rule(
    "senders-need-a-key",
    "Custom senders need a KMS key.",
    PROVIDER("RequiredWith"),
    refused("senderKeyArn", senders, { ...senders, senderKeyArn }),
  ),
  rule(
    "senders-share-a-key",
    "Both custom senders use the same key.",
    API("KMSKeyID", "LambdaConfigType"),
    written(
      "there is one setting, and one argument",
      POOL,
      (pool) => ["string", "undefined"].includes(typeof config(pool).kms_key_id),
      { lambda_config: { kms_key_id: [senderKeyArn] } },
    ),
  ),
  rule(
    "sender-version",
    "A custom sender gets events of version V1_0.",
    API("LambdaVersion", "CustomEmailLambdaVersionConfigType"),
    written(
      "V1_0 is written",
      POOL,
      (pool) =>
        [config(pool).custom_email_sender, config(pool).custom_sms_sender].every(
          (sender) => sender === undefined || sender.lambda_version === "V1_0",
        ),
      { lambda_config: { custom_email_sender: { lambda_version: "V2_0" } } },
    ),
  ),
];

export const tokenTriggers = [
  rule(
    "one-pre-token-function",
    "`pre_token_generation` and its configuration name the same function.",
    API("PreTokenGeneration", "LambdaConfigType"),
    written(
      "one function is written to both",
      POOL,
      (pool) =>
        config(pool).pre_token_generation_config === undefined ||
        [undefined, config(pool).pre_token_generation_config.lambda_arn].includes(config(pool).pre_token_generation),
      { lambda_config: { pre_token_generation: "a", pre_token_generation_config: { lambda_arn: "b" } } },
    ),
  ),
  rule(
    "pre-token-tier",
    "Events of version V2_0 and V3_0 before a token need the tier ESSENTIALS or PLUS.",
    GUIDE("User pool feature plans"),
    refused(
      "triggers.preTokenGeneration.lambdaVersion",
      { poolTier: "LITE", ...preTokenGeneration("V2_0") },
      { poolTier: "ESSENTIALS", ...preTokenGeneration("V2_0") },
    ),
  ),
  rule(
    "versions-of-pre-token-only",
    "Only events before a token have other versions.",
    CDK("OnlyOperationSupportsV20"),
    refused(
      "triggers.postConfirmation.lambdaVersion",
      { triggers: { postConfirmation: { functionArn: ARN("welcome"), lambdaVersion: "V2_0" } } },
      { triggers: { postConfirmation: { functionArn: ARN("welcome") } } },
    ),
  ),
  rule(
    "pre-token-versions",
    "Events before a token are of version V1_0, V2_0 or V3_0.",
    API("PreTokenGenerationVersionConfigType"),
    refused(
      "triggers.preTokenGeneration.lambdaVersion",
      preTokenGeneration("V4_0" as "V3_0"),
      preTokenGeneration("V3_0"),
    ),
  ),
];

export const functionOfTheRegion = rule(
  "trigger-of-the-region",
  "A trigger is a function of the pool's Region.",
  API("LambdaConfigType"),
  refused(
    "triggers.postConfirmation.functionArn",
    { triggers: { postConfirmation: { functionArn: ARN("welcome", "us-east-1") } } },
    {
      triggers: {
        postConfirmation: { functionArn: ARN("welcome") },
        postAuthentication: { functionArn: ARN("seen") },
        customMessage: { functionArn: ARN("texts") },
      },
    },
  ),
);

const existingPool = { userPoolId: "eu-west-1_AbCdEfGhI" };

export const existingPools = [
  rule(
    "pool-of-the-region",
    "A pool that is protected is one of the function's Region.",
    API("LambdaConfigType"),
    refused("existingPool.userPoolId", { existingPool: { userPoolId: "us-east-1_AbCdEfGhI" } }, { existingPool }),
  ),
  rule(
    "one-pre-sign-up-function",
    "A pool calls one function before a sign-up.",
    API("PreSignUp", "LambdaConfigType"),
    refused(
      "existingPool.preSignUp",
      {
        existingPool: { ...existingPool, preSignUp: ARN("check") },
        triggers: { preSignUp: { file: "lambda/check.ts" } },
      },
      { existingPool: { ...existingPool, preSignUp: ARN("check") } },
    ),
  ),
];

export const customAuth = rule(
  "challenges-together",
  "Custom authentication has its three functions together, and the flow `ALLOW_CUSTOM_AUTH`.",
  GUIDE("Custom authentication challenge Lambda triggers"),
  refused(
    "triggers",
    { triggers: { defineAuthChallenge: challenges.defineAuthChallenge }, authFlows: ["ALLOW_CUSTOM_AUTH"] },
    { triggers: challenges, authFlows: ["ALLOW_CUSTOM_AUTH"] },
  ),
);

export const senderKey = rule(
  "sender-key-is-an-arn",
  "The key of custom senders is an ARN.",
  API("KMSKeyID", "LambdaConfigType"),
  refused("senderKeyArn", { ...senders, senderKeyArn: "alias/senders" }, { ...senders, senderKeyArn }),
);
