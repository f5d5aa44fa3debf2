import { CloudWatchClient, DescribeAlarmsCommand, type MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { DescribeTableCommand, type TableDescription } from "@aws-sdk/client-dynamodb";
import {
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { type FunctionConfiguration, GetFunctionConfigurationCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { dynamoDbClient, RETRIES } from "../clients";
import type { Statement } from "../protect/checks";
import { statementsOf } from "../protect/protect";
import type { Stack } from "./stack-state";

/** What AWS says of what is deployed beside the pool. What there is not is undefined. */
export interface Facts {
  readonly function: FunctionConfiguration | undefined;
  readonly statements: readonly Statement[];
  /** Of the role: the documents of its own policies by name, and the ARNs of others'. */
  readonly policies: ReadonlyMap<string, unknown>;
  readonly attached: readonly string[];
  readonly table: TableDescription | undefined;
  readonly alarms: readonly MetricAlarm[];
  readonly logGroup: { readonly retentionInDays?: number | undefined } | undefined;
}

export async function factsOf(stack: Stack, region: string): Promise<Facts> {
  const options = { region, ...RETRIES };
  const lambda = new LambdaClient(options);
  const iam = new IAMClient(options);
  const FunctionName = stack.function.arn;
  const RoleName = stack.function.role;
  const { Table } = stack.tableName
    ? ((await ifThere(() => dynamoDbClient(region).send(new DescribeTableCommand({ TableName: stack.tableName })))) ??
      {})
    : {};
  const groups = await new CloudWatchLogsClient(options).send(
    new DescribeLogGroupsCommand({ logGroupNamePrefix: stack.function.logGroup }),
  );
  const { MetricAlarms = [] } =
    stack.alarms.length === 0
      ? {}
      : await new CloudWatchClient(options).send(new DescribeAlarmsCommand({ AlarmNames: [...stack.alarms] }));
  return {
    function: await ifThere(() => lambda.send(new GetFunctionConfigurationCommand({ FunctionName }))),
    statements: await statementsOf(lambda, FunctionName),
    policies: await policiesOf(iam, RoleName),
    attached: (
      (await ifThere(() => iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))))?.AttachedPolicies ?? []
    ).map(({ PolicyArn = "" }) => PolicyArn),
    table: Table,
    alarms: MetricAlarms,
    logGroup: groups.logGroups?.find(({ logGroupName }) => logGroupName === stack.function.logGroup),
  };
}

async function policiesOf(iam: IAMClient, RoleName: string): Promise<Map<string, unknown>> {
  const listed = await ifThere(() => iam.send(new ListRolePoliciesCommand({ RoleName })));
  const found = new Map<string, unknown>();
  for (const PolicyName of listed?.PolicyNames ?? []) {
    const { PolicyDocument = "{}" } = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
    found.set(PolicyName, JSON.parse(decodeURIComponent(PolicyDocument)));
  }
  return found;
}

async function ifThere<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (["ResourceNotFoundException", "NoSuchEntityException"].includes((error as Error).name)) return undefined;
    throw error;
  }
}
