import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  type TableDescription as AwsTableDescription,
  ConditionalCheckFailedException,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { MigrationError } from "../migration-error";
import { retryThrottled } from "../retry";

/** The properties of a table that a rewrite needs. */
export interface TableDescription {
  readonly name: string;
  /** Distinguishes it from a table of the same name in another account or Region. */
  readonly arn: string;
  /** The names of its key attributes, the partition key's first. */
  readonly keys: readonly string[];
  /** The approximate number of items: DynamoDB updates it every six hours. */
  readonly estimatedItems: number;
  /** Sentences that the operator should read before the rewrite. */
  readonly warnings: readonly string[];
}

/** Throws a {@link MigrationError} if the table does not exist or is not ACTIVE. `rate`: capacity units a second. */
export async function describeTable(
  client: DynamoDBClient,
  TableName: string,
  rate: number,
): Promise<TableDescription> {
  const table = await retryThrottled(() => client.send(new DescribeTableCommand({ TableName }))).then(
    ({ Table = {} }) => Table,
    async (error: unknown) => {
      if (!(error instanceof ResourceNotFoundException)) throw error;
      throw new MigrationError(`There is no table "${TableName}" in ${await client.config.region()}.`);
    },
  );
  if (table.TableStatus !== "ACTIVE") {
    throw new MigrationError(`The table "${TableName}" is ${table.TableStatus}: wait until it is ACTIVE.`);
  }
  const schema = table.KeySchema ?? [];
  return {
    name: TableName,
    arn: table.TableArn ?? TableName,
    keys: (["HASH", "RANGE"] as const).flatMap((type) =>
      schema.flatMap(({ KeyType, AttributeName = "" }) => (KeyType === type ? [AttributeName] : [])),
    ),
    estimatedItems: table.ItemCount ?? 0,
    warnings: [...warningsOf(table, rate), ...(await timeToLive(client, TableName))],
  };
}

function warningsOf(table: AwsTableDescription, rate: number): string[] {
  const name = table.TableName;
  const warnings: string[] = [];
  if (table.StreamSpecification?.StreamEnabled) {
    warnings.push(`${name} has a stream: its consumers see an item whose key changes as a REMOVE and an INSERT.`);
  }
  if (table.Replicas?.length) {
    warnings.push(
      `${name} is a global table: rewrite it in one Region only; in the others, both keys or neither can be visible for a moment.`,
    );
  }
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = table.ProvisionedThroughput ?? {};
  const provisioned = Math.min(ReadCapacityUnits, WriteCapacityUnits);
  if (table.BillingModeSummary?.BillingMode !== "PAY_PER_REQUEST" && provisioned > 0 && provisioned < rate) {
    warnings.push(
      `${name} has a provisioned capacity of ${ReadCapacityUnits} to read and ${WriteCapacityUnits} to write: with --rate ${rate}` +
        " the applications that use it may be throttled.",
    );
  }
  return warnings;
}

/** Returns no warning if the call fails, for example because the permission is missing. */
async function timeToLive(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const answer = await retryThrottled(() => client.send(new DescribeTimeToLiveCommand({ TableName }))).catch(
    () => undefined,
  );
  const { TimeToLiveStatus = "DISABLED", AttributeName } = answer?.TimeToLiveDescription ?? {};
  if (TimeToLiveStatus === "DISABLED") return [];
  return [`${TableName} lets items expire (by ${AttributeName}): counts can differ without anything being lost.`];
}

/**
 * Checks the write permissions with writes whose conditions always fail. So a missing permission is found before the first
 * item is written.
 */
export async function tryWriting(client: DynamoDBClient, { name: TableName, keys }: TableDescription): Promise<void> {
  const { Table } = await retryThrottled(() => client.send(new DescribeTableCommand({ TableName })));
  const missingKey = (): Record<string, AttributeValue> =>
    Object.fromEntries(
      keys.map((key) => {
        const { AttributeType } = Table?.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === key) ?? {};
        const text = `no-such-item-${randomUUID()}`;
        if (AttributeType === "N") return [key, { N: String(-Math.floor(Math.random() * 1e15)) }];
        return [key, AttributeType === "B" ? { B: Buffer.from(text) } : { S: text }];
      }),
    );
  const impossible = {
    ConditionExpression: "attribute_exists(#key)",
    ExpressionAttributeNames: { "#key": keys[0] ?? "" },
  };
  await refused(() => client.send(new UpdateItemCommand({ TableName, Key: missingKey(), ...impossible })));
  await refused(() =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: missingKey(), ...impossible } },
          { Delete: { TableName, Key: missingKey(), ...impossible } },
        ],
      }),
    ),
  );
}

async function refused(write: () => Promise<unknown>): Promise<void> {
  try {
    await retryThrottled(write);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return;
    if (error instanceof TransactionCanceledException) return;
    throw error;
  }
}
