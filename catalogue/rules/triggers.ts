import { API, type Block, GUIDE, PROVIDER, rule, written } from "./rule";

const POOL = "cognito_user_pool";
const reference = (arn: unknown, type: string) => new RegExp(`^\\$\\{aws_${type}\\.[\\w-]+\\.arn\\}$`).test(`${arn}`);
/** The functions of a pool's triggers. */
const triggersOf = ({ lambda_config: { kms_key_id: _, ...triggers } }: Block): unknown[] =>
  Object.values<string | Block>(triggers).map((trigger) =>
    typeof trigger === "string" ? trigger : trigger.lambda_arn,
  );

/** Names of functions that Cognito does not wait for. */
const SENDERS = /-custom-(?:email|sms)-sender$/;

export const triggers = [
  rule(
    "trigger-is-an-arn",
    "A trigger is a function's ARN.",
    API("LambdaConfigType"),
    written(
      "a function of this stack is written, or an ARN that was checked",
      POOL,
      (pool) =>
        triggersOf(pool).every((arn) => reference(arn, "lambda_function") || /^arn:aws[a-z-]*:lambda:/.test(`${arn}`)),
      { lambda_config: { pre_sign_up: "pre-sign-up" } },
    ),
  ),
  rule(
    "one-function-a-trigger",
    "A trigger calls one function.",
    API("LambdaConfigType"),
    written("a second one is refused", POOL, (pool) => triggersOf(pool).every((arn) => typeof arn === "string"), {
      lambda_config: { pre_sign_up: ["a", "b"] },
    }),
  ),
  rule(
    "cognito-may-call",
    "Cognito may call the function, for this pool only.",
    PROVIDER("aws_lambda_permission"),
    written("source_arn and source_account are written", "lambda_permission", ofThisPool, {
      principal: "cognito-idp.amazonaws.com",
    }),
  ),
  rule(
    "trigger-timeout",
    "Cognito waits 5 seconds for a trigger other than a sender, so the function ends earlier.",
    GUIDE("Customizing user pool workflows with Lambda triggers"),
    written(
      "a function of a trigger has a timeout of 4 seconds",
      "lambda_function",
      ({ function_name: name, timeout }) => timeout < 5 || SENDERS.test(name),
      {
        timeout: 5,
      },
    ),
  ),
];

function ofThisPool({ source_arn: pool, source_account: account }: Block): boolean {
  // A pool that is managed elsewhere is a data source.
  const isPool = /^\$\{(?:data\.)?aws_cognito_user_pool\.[\w-]+\.arn\}$/.test(`${pool}`);
  return isPool && account !== undefined;
}
