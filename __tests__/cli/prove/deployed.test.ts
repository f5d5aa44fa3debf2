import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { alarmNames, type Deployed, deployedResults } from "../../../cli/prove/deployed";
import { deployedIn, requireAccount, stackOf } from "../../../cli/prove/stack";
import { readPlan } from "../../../review/plan";
import { loadProject } from "../../../settings/project";
import { planJson } from "../../support/plans/fixture";

const ACCOUNT = "111122223333";
const NAME = "acme-dev-pre-sign-up";
const ARN = `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:${NAME}`;
const POOL = {
  Id: "eu-west-1_AbCdEfGhI",
  Arn: `arn:aws:cognito-idp:eu-west-1:${ACCOUNT}:userpool/eu-west-1_AbCdEfGhI`,
  AliasAttributes: ["email"],
  SchemaAttributes: [{ Name: "email", Required: true }],
  UsernameConfiguration: { CaseSensitive: false },
  LambdaConfig: { PreSignUp: ARN },
} satisfies UserPoolType;
const TABLE = "acme-dev-reservations";
const VARIABLES = { LOG_LEVEL: "DEBUG", UNCONFIRMED_HOLD_HOURS: "24", RESERVATIONS_TABLE: TABLE };

type Values = Record<string, unknown>;

const RESOURCES: Readonly<Record<string, Values>> = {
  "aws_lambda_function.pre_sign_up": {
    ...{ arn: ARN, function_name: NAME, memory_size: 512 },
    environment: [{ variables: VARIABLES }],
    logging_config: [{ log_group: `/aws/lambda/${NAME}` }],
  },
  "aws_iam_role.pre_sign_up_role": { name: NAME, managed_policy_arns: [], inline_policy: [] },
  "aws_iam_role_policy.pre_sign_up_list_users": {
    ...{ name: "list-users", role: NAME },
    policy: '{"Statement":[{"Action":"cognito-idp:ListUsers","Resource":"*"}]}',
  },
  "aws_lambda_permission.pre_sign_up_invoked_by_user_pool": { statement_id: "invoked-by-user-pool" },
  "aws_dynamodb_table.reservations": {
    name: TABLE,
    hash_key: "pk",
    ttl: [],
    point_in_time_recovery: [{ enabled: true }],
  },
  "aws_cloudwatch_log_group.pre_sign_up_logs": { retention_in_days: 1 },
  "aws_cognito_user_pool.user_pool": { deletion_protection: "INACTIVE" },
  "aws_cognito_user_pool_domain.user_pool_domain": { domain: "acme-dev-v2" },
};
const STATE = JSON.stringify({
  outputs: { ReservationsTable: { value: TABLE, type: "string" } },
  resources: Object.entries(RESOURCES).map(([address, attributes]) => {
    const [type, name] = address.split(".");
    return { mode: "managed", type, name, instances: [{ attributes }] };
  }),
});
const STATEMENT = {
  Sid: "invoked-by-user-pool",
  Effect: "Allow",
  Principal: { Service: "cognito-idp.amazonaws.com" },
  Action: "lambda:InvokeFunction",
  Condition: { ArnLike: { "AWS:SourceArn": POOL.Arn } },
};

interface Changed {
  /** What AWS says instead; undefined where it is gone. */
  readonly drift?: Readonly<Record<string, Values | undefined>>;
  /** What AWS says, and the state too. */
  readonly found?: Readonly<Record<string, Values>>;
  /** What a plan would change. */
  readonly pending?: readonly object[];
  readonly deployed?: Partial<Deployed>;
}

/** What is said of a deployment in which these differ: the broken promises, with the answers. */
function broken({ drift = {}, found = {}, pending = [], deployed = {} }: Changed = {}): Record<string, string> {
  const now = Object.entries(RESOURCES).flatMap(([address, values]) => {
    const changed = address in drift ? drift[address] : {};
    return changed === undefined
      ? []
      : [{ address, type: address.split(".")[0], values: { ...values, ...changed, ...found[address] } }];
  });
  const plan = readPlan({
    ...planJson("drift-of-nothing"),
    resource_changes: pending,
    resource_drift: Object.entries(drift).map(([address, changed]) => ({
      address,
      type: address.split(".")[0],
      change: {
        actions: [changed === undefined ? "delete" : "update"],
        before: RESOURCES[address],
        after: changed === undefined ? null : { ...RESOURCES[address], ...changed },
      },
    })),
    prior_state: { values: { root_module: { resources: now } } },
  });
  const [environment] = loadProject({ project: "acme", region: "eu-west-1", environments: { dev: {} } }).environments;
  if (!environment) throw new Error("There is no environment.");
  const results = deployedResults({
    ...{ pool: POOL, stack: stackOf(plan, deployedIn(STATE, "dev")), environment },
    ...{ statements: [STATEMENT], alarms: [], comparison: undefined, ...deployed },
  });
  return Object.fromEntries(
    results.filter(({ state }) => state === "broken").map(({ promise, answer }) => [promise, answer]),
  );
}

it("nothing is broken where nothing differs", () => {
  expect(broken()).toEqual({});
});

it.each<[promise: string, address: string, changed: Values | undefined, words: string]>([
  [
    "the function is the one that was deployed",
    "aws_lambda_function.pre_sign_up",
    { memory_size: 128 },
    "memory_size was 512, is 128",
  ],
  [
    "the function is the one that was deployed",
    "aws_lambda_function.pre_sign_up",
    undefined,
    "aws_lambda_function.pre_sign_up is not there any more.",
  ],
  [
    "the function may do what the stack says, and nothing else",
    "aws_iam_role_policy.pre_sign_up_list_users",
    { policy: '{"Statement":[{"Action":"*","Resource":"*"}]}' },
    'Action was "cognito-idp:ListUsers", is "*"',
  ],
  [
    "the function may do what the stack says, and nothing else",
    "aws_iam_role.pre_sign_up_role",
    { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    "AdministratorAccess",
  ],
  [
    "the function may do what the stack says, and nothing else",
    "aws_iam_role.pre_sign_up_role",
    { inline_policy: [{ name: "more", policy: "{}" }] },
    "more",
  ],
  [
    "the table of reservations is as deployed",
    "aws_dynamodb_table.reservations",
    { ttl: [{ enabled: true, attribute_name: "expires" }] },
    "ttl",
  ],
  [
    "the table of reservations is as deployed",
    "aws_dynamodb_table.reservations",
    { point_in_time_recovery: [{ enabled: false }] },
    "point_in_time_recovery",
  ],
  [
    "the function's log is kept as deployed",
    "aws_cloudwatch_log_group.pre_sign_up_logs",
    { retention_in_days: 30 },
    "was 1, is 30",
  ],
  ["the pool is as deployed", "aws_cognito_user_pool.user_pool", { deletion_protection: "ACTIVE" }, 'was "INACTIVE"'],
  [
    "the pool, and nothing else, may call the function",
    "aws_lambda_permission.pre_sign_up_invoked_by_user_pool",
    undefined,
    "not there any more",
  ],
  [
    "everything else of the stack is as deployed",
    "aws_cognito_user_pool_domain.user_pool_domain",
    { domain: "other" },
    '"other"',
  ],
])("%s: %s %j is named, and nothing else", (promise, address, changed, words) => {
  expect(broken({ drift: { [address]: changed } })).toEqual({ [promise]: expect.stringContaining(words) });
});

it.each<[promise: string, address: string, changed: Values, words: string]>([
  [
    "the function is the one that was deployed",
    "aws_lambda_function.pre_sign_up",
    { source_code_hash: "abc=", code_sha256: "def=" },
    "the code has SHA-256 def=, the stack uploaded abc=.",
  ],
  [
    "the function may do what the stack says, and nothing else",
    "aws_iam_role.pre_sign_up_role",
    { inline_policy: [{ name: "list-users" }, { name: "more" }] },
    "has the policy more",
  ],
  [
    "the function may do what the stack says, and nothing else",
    "aws_iam_role.pre_sign_up_role",
    { managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] },
    "has the policy arn:aws:iam::aws:policy/AdministratorAccess",
  ],
  [
    "the table of reservations is as deployed",
    "aws_dynamodb_table.reservations",
    { ttl: [{ enabled: true, attribute_name: "expires" }] },
    "items expire",
  ],
])(
  "%s: %s %j is named after a deployment that has written it into the state, too",
  (promise, address, found, words) => {
    expect(broken({ found: { [address]: found } })).toEqual({ [promise]: expect.stringContaining(words) });
  },
);

it("another caller of the function is named", () => {
  const other = { Sid: "others", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction" };
  expect(broken({ deployed: { statements: [STATEMENT, other] } })).toEqual({
    "the pool, and nothing else, may call the function": expect.stringContaining("The statement others"),
  });
});

it("a pool without the trigger is named", () => {
  expect(broken({ deployed: { pool: { ...POOL, LambdaConfig: {} } } })).toEqual({
    "the pool calls the function before a sign-up": "The pool calls no function before a sign-up.",
  });
});

describe("what the settings say and is not deployed", () => {
  const address = "aws_cloudwatch_log_group.pre_sign_up_logs";
  const change = (before: object | null, after: object | null, actions: readonly string[], after_unknown = {}) => ({
    ...{ address, type: "aws_cloudwatch_log_group", mode: "managed" },
    change: { actions, before, after, after_unknown },
  });

  it("is named", () => {
    const pending = [change({ retention_in_days: 1 }, { retention_in_days: 30 }, ["update"])];
    expect(broken({ pending })).toEqual({
      "what the settings and the code of this folder say is deployed": `A plan would change ${address} (update: retention_in_days): deploy, or go back to what is deployed.`,
    });
  });

  it("is not what would only undo a change outside of Terraform, or waits for one that does", () => {
    const drift = { [address]: { retention_in_days: 30 } };
    const pending = [change({ retention_in_days: 30 }, { retention_in_days: 1 }, ["update"])];
    expect(Object.keys(broken({ drift, pending }))).toEqual(["the function's log is kept as deployed"]);
    expect(broken({ pending: [change({ id: "a" }, {}, ["update"], { id: true })] })).toEqual({});
  });
});

it("alarms are those of the plan, and one that is missing is named", () => {
  const address = "aws_cloudwatch_metric_alarm.alarms_throttles";
  const values = { alarm_name: `${NAME}-throttles` };
  const type = "aws_cloudwatch_metric_alarm";
  const pending = [{ address, type, mode: "managed", change: { actions: ["no-op"], before: values, after: values } }];
  expect(broken({ pending })).toEqual({ "the alarms are as set": `${address}: it is not there any more.` });
  const plan = readPlan({ ...planJson("drift-of-nothing"), resource_changes: pending });
  expect(alarmNames(stackOf(plan, deployedIn(STATE, "dev")))).toEqual([`${NAME}-throttles`]);
});

it("a state without the function is no deployment, and one that is no JSON is said to be none", () => {
  expect(() => deployedIn("", "dev")).toThrow("dev is not deployed");
  expect(() => deployedIn('{"resources":[]}', "dev")).toThrow("dev is not deployed");
  expect(() => deployedIn("{", "dev")).toThrow("What `terraform state pull` prints cannot be read");
});

it("credentials of another account are refused, with both accounts", () => {
  expect(() => requireAccount("dev", ACCOUNT, ACCOUNT)).not.toThrow();
  expect(() => requireAccount("dev", ACCOUNT, "444455556666")).toThrow(
    "The credentials are those of the account 444455556666, dev is deployed in 111122223333",
  );
});

it("a table with another key cannot be written to", () => {
  const usable = (values: Values) =>
    stackOf(
      readPlan({
        ...planJson("drift-of-nothing"),
        prior_state: {
          values: {
            root_module: {
              resources: [{ address: "aws_dynamodb_table.reservations", type: "aws_dynamodb_table", values }],
            },
          },
        },
      }),
      deployedIn(STATE, "dev"),
    );
  expect(usable({ hash_key: "pk" })).toMatchObject({ isTableUsable: true, variables: undefined, account: ACCOUNT });
  expect(usable({ hash_key: "id" }).isTableUsable).toBe(false);
});
