import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as logs from "@aws-sdk/client-cloudwatch-logs";
import * as cognito from "@aws-sdk/client-cognito-identity-provider";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as iam from "@aws-sdk/client-iam";
import * as lambda from "@aws-sdk/client-lambda";

/** What is deployed, by the names that it has. */
export interface Deployed {
  /** Of the function, its role, and with a prefix its log. */
  readonly name: string;
  readonly functionArn: string;
  readonly poolId: string;
  readonly poolArn: string;
  readonly clientId: string;
  readonly table: string;
  /** The function's zip, as it was uploaded. */
  readonly zip: Buffer;
}

/** One thing that is broken past Terraform. */
export interface Breakage {
  readonly what: string;
  break(deployed: Deployed): Promise<unknown>;
  /** Left out where only a deployment mends it. */
  mend?(deployed: Deployed): Promise<unknown>;
  /** Whether it also takes a deployment. Without `mend` it does. */
  readonly deploys?: true;
  /** The promises about what is deployed that have to be named, and no others, each with words of what is said of it; and promises about sign-ups. */
  readonly named: Readonly<Record<string, string>>;
}

const options = () => ({
  region: "eu-west-1",
  endpoint: process.env.E2E_ENDPOINT ?? "",
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
});
/** Clients of the emulated AWS. */
export const clients = {
  cloudwatch: () => new cloudwatch.CloudWatchClient(options()),
  logs: () => new logs.CloudWatchLogsClient(options()),
  cognito: () => new cognito.CognitoIdentityProviderClient(options()),
  dynamodb: () => new dynamodb.DynamoDBClient(options()),
  iam: () => new iam.IAMClient(options()),
  lambda: () => new lambda.LambdaClient(options()),
};

export const tableArn = ({ table }: Deployed) => `arn:aws:dynamodb:eu-west-1:000000000000:table/${table}`;

/** The name of an alarm. */
export const throttles = ({ name }: Deployed) => `${name}-throttles`;

export function backups(TableName: string, PointInTimeRecoveryEnabled: boolean): Promise<unknown> {
  const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled };
  return clients
    .dynamodb()
    .send(new dynamodb.UpdateContinuousBackupsCommand({ TableName, PointInTimeRecoverySpecification }));
}

export function retention(name: string, retentionInDays: number): Promise<unknown> {
  const logGroupName = `/aws/lambda/${name}`;
  return clients.logs().send(new logs.PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
}

export async function alarm(deployed: Deployed, change: Partial<cloudwatch.PutMetricAlarmCommandInput>): Promise<void> {
  const AlarmNames = [throttles(deployed)];
  const { MetricAlarms } = await clients.cloudwatch().send(new cloudwatch.DescribeAlarmsCommand({ AlarmNames }));
  const found = MetricAlarms?.[0] as cloudwatch.PutMetricAlarmCommandInput;
  await clients.cloudwatch().send(new cloudwatch.PutMetricAlarmCommand({ ...found, ...change }));
}
