import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";
import { ADDED_BESIDE, BESIDE } from "./added-beside";
import { alarm, type Breakage, backups, clients, type Deployed, retention, tableArn, throttles } from "./breakage";
import { zipped } from "./lambda";

const FUNCTION = "the function is the one that was deployed";
const GRANTS = "the function may do what the stack says, and nothing else";
const CALLERS = "the pool, and nothing else, may call the function";
const TABLE = "the table of reservations is as deployed";
const LOG = "the function's log is kept as deployed";
const ALARMS = "the alarms are as set";
const POOL = "the pool is as deployed";
const TRIGGER = "the pool calls the function before a sign-up";
const FIT = "pool and function fit together";
const SETTINGS = "what the settings and the code of this folder say is deployed";
const REST = "everything else of the stack is as deployed";
const IN_FLIGHT = "what another sign-up in flight has reserved is refused";
const FIRST = "a sign-up whose identifiers are free is admitted";

/** The promises about what is deployed; the others are about sign-ups. */
export const ABOUT_DEPLOYED = [
  ...[FUNCTION, GRANTS, CALLERS, TABLE, LOG, ALARMS, POOL, TRIGGER, FIT, REST, SETTINGS],
  ...Object.values(BESIDE),
];

/** Admits every sign-up. */
const OTHER_BUILD = "exports.handler = async (event) => event;";

async function variables({ name }: Deployed, change: (variables: Record<string, string>) => void): Promise<void> {
  const found = await clients.lambda().send(new lambda.GetFunctionConfigurationCommand({ FunctionName: name }));
  const Variables = { ...found.Environment?.Variables };
  change(Variables);
  const Environment = { Variables };
  await clients.lambda().send(new lambda.UpdateFunctionConfigurationCommand({ FunctionName: name, Environment }));
}

const configure = (change: (name: string) => lambda.UpdateFunctionConfigurationCommandInput) => (deployed: Deployed) =>
  clients.lambda().send(new lambda.UpdateFunctionConfigurationCommand(change(deployed.name)));

const statement = (Action: string | string[], Resource: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource }] });
const trust = (Service: string[]) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service } }],
  });
const policy = (PolicyName: string, PolicyDocument: (deployed: Deployed) => string) => (deployed: Deployed) =>
  clients
    .iam()
    .send(
      new iam.PutRolePolicyCommand({ RoleName: deployed.name, PolicyName, PolicyDocument: PolicyDocument(deployed) }),
    );
const ADMIN = "arn:aws:iam::aws:policy/AdministratorAccess";

const permission = "invoked-by-user-pool";

export const BREAKAGES: readonly Breakage[] = [
  ...ADDED_BESIDE,
  {
    what: "the pool has no trigger",
    break: ({ poolId }) =>
      clients.cognito().send(new cognito.UpdateUserPoolCommand({ UserPoolId: poolId, LambdaConfig: {} })),
    mend: ({ poolId, functionArn }) =>
      clients
        .cognito()
        .send(new cognito.UpdateUserPoolCommand({ UserPoolId: poolId, LambdaConfig: { PreSignUp: functionArn } })),
    named: {
      [TRIGGER]: "calls no function",
      [POOL]: "lambda_config",
      "the same username in another letter case is refused": "Admitted",
    },
  },
  {
    what: "the pool may be deleted, and its password policy is another one",
    break: ({ poolId }) =>
      clients.cognito().send(
        new cognito.UpdateUserPoolCommand({
          UserPoolId: poolId,
          Policies: { PasswordPolicy: { MinimumLength: 6 } },
        }),
      ),
    named: { [POOL]: "password_policy" },
  },
  {
    what: "the function does not know the table",
    break: (deployed) => variables(deployed, (all) => delete all.RESERVATIONS_TABLE),
    mend: (deployed) => variables(deployed, (all) => Object.assign(all, { RESERVATIONS_TABLE: deployed.table })),
    named: { [FUNCTION]: "RESERVATIONS_TABLE", [FIT]: "differs from the settings", [IN_FLIGHT]: "Admitted" },
  },
  {
    what: "the function refuses with another message",
    break: (deployed) => variables(deployed, (all) => Object.assign(all, { MESSAGES: '{"emailTaken":"No."}' })),
    mend: (deployed) => variables(deployed, (all) => delete all.MESSAGES),
    named: {
      [FUNCTION]: "MESSAGES",
      [FIT]: "differs from the settings",
      "the same e-mail address is refused": "not with",
    },
  },
  {
    what: "the function has less time and memory",
    break: configure((FunctionName) => ({ FunctionName, Timeout: 3, MemorySize: 128 })),
    mend: configure((FunctionName) => ({ FunctionName, Timeout: 4, MemorySize: 512 })),
    named: { [FUNCTION]: "memory_size was 512, is 128" },
  },
  {
    what: "runs of the function at once are limited",
    break: ({ name: FunctionName }) =>
      clients
        .lambda()
        .send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 50 })),
    mend: ({ name: FunctionName }) =>
      clients
        .lambda()
        .send(new lambda.PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 40 })),
    named: { [FUNCTION]: "reserved_concurrent_executions was 40, is 50" },
  },
  {
    what: "the pool may not call the function",
    break: ({ name: FunctionName }) =>
      clients.lambda().send(new lambda.RemovePermissionCommand({ FunctionName, StatementId: permission })),
    mend: ({ name: FunctionName, poolArn }) =>
      clients.lambda().send(
        new lambda.AddPermissionCommand({
          ...{ FunctionName, StatementId: permission, Action: "lambda:InvokeFunction" },
          ...{ Principal: "cognito-idp.amazonaws.com", SourceArn: poolArn },
        }),
      ),
    named: { [CALLERS]: "not there any more", [FIT]: "may not call the function" },
  },
  {
    what: "another account may call the function",
    break: ({ name: FunctionName }) =>
      clients.lambda().send(
        new lambda.AddPermissionCommand({
          ...{ FunctionName, StatementId: "others", Action: "lambda:InvokeFunction", Principal: "111122223333" },
        }),
      ),
    mend: ({ name: FunctionName }) =>
      clients.lambda().send(new lambda.RemovePermissionCommand({ FunctionName, StatementId: "others" })),
    named: { [CALLERS]: "The statement others" },
  },
  {
    what: "the function may not take reservations back",
    break: policy("use-reservations", (deployed) => statement("dynamodb:PutItem", tableArn(deployed))),
    mend: policy("use-reservations", (deployed) =>
      statement(["dynamodb:PutItem", "dynamodb:DeleteItem"], tableArn(deployed)),
    ),
    named: { [GRANTS]: "use_reservations: policy" },
  },
  {
    what: "the function may do everything with any table",
    break: policy("use-reservations", () => statement("dynamodb:*", "*")),
    mend: policy("use-reservations", (deployed) =>
      statement(["dynamodb:PutItem", "dynamodb:DeleteItem"], tableArn(deployed)),
    ),
    named: { [GRANTS]: "dynamodb:*" },
  },
  {
    what: "the role has one more policy of its own",
    break: policy("more", () => statement("s3:*", "*")),
    mend: ({ name: RoleName }) => clients.iam().send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName: "more" })),
    named: { [GRANTS]: "more" },
  },
  {
    what: "a managed policy is attached to the role",
    break: ({ name: RoleName }) => clients.iam().send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn: ADMIN })),
    mend: ({ name: RoleName }) => clients.iam().send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn: ADMIN })),
    named: { [GRANTS]: "AdministratorAccess" },
  },
  {
    what: "another service may assume the role",
    break: ({ name: RoleName }) =>
      clients.iam().send(
        new iam.UpdateAssumeRolePolicyCommand({
          ...{ RoleName, PolicyDocument: trust(["lambda.amazonaws.com", "ec2.amazonaws.com"]) },
        }),
      ),
    mend: ({ name: RoleName }) =>
      clients
        .iam()
        .send(new iam.UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust(["lambda.amazonaws.com"]) })),
    named: { [GRANTS]: "ec2.amazonaws.com" },
  },
  {
    what: "reservations expire",
    break: ({ table: TableName }) =>
      clients.dynamodb().send(
        new dynamodb.UpdateTimeToLiveCommand({
          ...{ TableName, TimeToLiveSpecification: { Enabled: true, AttributeName: "expires" } },
        }),
      ),
    mend: ({ table: TableName }) =>
      clients.dynamodb().send(
        new dynamodb.UpdateTimeToLiveCommand({
          ...{ TableName, TimeToLiveSpecification: { Enabled: false, AttributeName: "expires" } },
        }),
      ),
    // The emulator still names the attribute, which a deployment writes into the state.
    deploys: true,
    named: { [TABLE]: "ttl" },
  },
  {
    what: "the table cannot be restored to a moment",
    break: ({ table }) => backups(table, false),
    mend: ({ table }) => backups(table, true),
    named: { [TABLE]: "point_in_time_recovery" },
  },
  {
    what: "the log is kept for another time",
    break: ({ name }) => retention(name, 30),
    mend: ({ name }) => retention(name, 1),
    named: { [LOG]: "retention_in_days was 1, is 30" },
  },
  {
    what: "an alarm has another threshold",
    break: (deployed) => alarm(deployed, { Threshold: 100 }),
    mend: (deployed) => alarm(deployed, { Threshold: 0 }),
    named: { [ALARMS]: "threshold should be 0, is 100" },
  },
  {
    what: "an alarm is switched off",
    break: (deployed) =>
      clients.cloudwatch().send(new cloudwatch.DisableAlarmActionsCommand({ AlarmNames: [throttles(deployed)] })),
    mend: (deployed) =>
      clients.cloudwatch().send(new cloudwatch.EnableAlarmActionsCommand({ AlarmNames: [throttles(deployed)] })),
    named: { [ALARMS]: "actions_enabled should be true, is false" },
  },
  {
    what: "the app client shows which users there are",
    break: ({ poolId: UserPoolId, clientId: ClientId }) =>
      clients
        .cognito()
        .send(new cognito.UpdateUserPoolClientCommand({ UserPoolId, ClientId, PreventUserExistenceErrors: "LEGACY" })),
    mend: ({ poolId: UserPoolId, clientId: ClientId }) =>
      clients
        .cognito()
        .send(new cognito.UpdateUserPoolClientCommand({ UserPoolId, ClientId, PreventUserExistenceErrors: "ENABLED" })),
    named: { [REST]: "prevent_user_existence_errors" },
  },
  {
    what: "the function has the code of another build",
    break: async ({ name: FunctionName }) =>
      clients.lambda().send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile: await zipped(OTHER_BUILD) })),
    // A deployment compares no code.
    mend: ({ name: FunctionName, zip: ZipFile }) =>
      clients.lambda().send(new lambda.UpdateFunctionCodeCommand({ FunctionName, ZipFile })),
    named: { [FUNCTION]: "the code has SHA-256", "the same username in another letter case is refused": "Admitted" },
  },
  {
    what: "an alarm is deleted",
    break: (deployed) =>
      clients.cloudwatch().send(new cloudwatch.DeleteAlarmsCommand({ AlarmNames: [throttles(deployed)] })),
    named: { [ALARMS]: "not there any more" },
  },
  {
    what: "the log is deleted",
    break: ({ name }) => clients.logs().send(new logs.DeleteLogGroupCommand({ logGroupName: `/aws/lambda/${name}` })),
    named: { [LOG]: "not there any more" },
  },
  {
    what: "the table has another key",
    break: async ({ table: TableName }) => {
      await clients.dynamodb().send(new dynamodb.DeleteTableCommand({ TableName }));
      await clients.dynamodb().send(
        new dynamodb.CreateTableCommand({
          TableName,
          BillingMode: "PAY_PER_REQUEST",
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        }),
      );
    },
    mend: ({ table: TableName }) => clients.dynamodb().send(new dynamodb.DeleteTableCommand({ TableName })),
    deploys: true,
    named: { [TABLE]: "hash_key", [FIRST]: "not possible at the moment" },
  },
  {
    what: "the table is gone",
    break: ({ table: TableName }) => clients.dynamodb().send(new dynamodb.DeleteTableCommand({ TableName })),
    named: { [TABLE]: "not there any more", [FIRST]: "not possible at the moment" },
  },
  {
    what: "the function is gone",
    break: ({ name: FunctionName }) => clients.lambda().send(new lambda.DeleteFunctionCommand({ FunctionName })),
    // Its policy, which says what may call it, goes with it.
    named: { [FUNCTION]: "not there any more", [CALLERS]: "not there any more" },
  },
];
