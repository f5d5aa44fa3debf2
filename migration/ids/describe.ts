import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type TableDescription as Described,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { MigrationError } from "../migration-error";
import { patiently } from "../patience";

/** What has to be known of a table before it is touched. */
export interface TableDescription {
  readonly name: string;
  /** Tells it from a table of the same name in another account or Region. */
  readonly arn: string;
  /** The names of its key attributes, the partition key's first. */
  readonly keys: readonly string[];
  /** About how many items it has: DynamoDB counts every six hours. */
  readonly estimatedItems: number;
  /** What an operator should know before rewriting, as sentences. */
  readonly warnings: readonly string[];
}

/** Throws a {@link MigrationError} if there is no such table or it cannot be used now. `rate`: capacity units a second. */
export async function describeTable(
  client: DynamoDBClient,
  TableName: string,
  rate: number,
): Promise<TableDescription> {
  const table = await patiently(() => client.send(new DescribeTableCommand({ TableName }))).then(
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

function warningsOf(table: Described, rate: number): string[] {
  const name = table.TableName;
  const warnings: string[] = [];
  if (table.StreamSpecification?.StreamEnabled) {
    warnings.push(`${name} has a stream: an item whose key changes is a REMOVE and an INSERT to whoever reads it.`);
  }
  if (table.Replicas?.length) {
    warnings.push(
      `${name} is a global table: rewrite it in one Region only; in others both keys, or neither, can be seen for a moment.`,
    );
  }
  const { ReadCapacityUnits = 0, WriteCapacityUnits = 0 } = table.ProvisionedThroughput ?? {};
  const provisioned = Math.min(ReadCapacityUnits, WriteCapacityUnits);
  if (table.BillingModeSummary?.BillingMode !== "PAY_PER_REQUEST" && provisioned > 0 && provisioned < rate) {
    warnings.push(
      `${name} has a provisioned capacity of ${ReadCapacityUnits} to read and ${WriteCapacityUnits} to write: with --rate ${rate}` +
        " whoever uses it may be throttled.",
    );
  }
  return warnings;
}

/** Not knowing is no reason to stop: the permission may be missing. */
async function timeToLive(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const answer = await patiently(() => client.send(new DescribeTimeToLiveCommand({ TableName }))).catch(
    () => undefined,
  );
  const { TimeToLiveStatus = "DISABLED", AttributeName } = answer?.TimeToLiveDescription ?? {};
  if (TimeToLiveStatus === "DISABLED") return [];
  return [`${TableName} lets items expire (by ${AttributeName}): counts can differ without anything being lost.`];
}

/**
 * Finds out whether everything may be written that could have to be, by writes whose conditions cannot hold: a missing
 * permission shows before the first item is touched, not half-way.
 */
export async function tryWriting(client: DynamoDBClient, { name: TableName, keys }: TableDescription): Promise<void> {
  const { Table } = await patiently(() => client.send(new DescribeTableCommand({ TableName })));
  const nobody = (): Record<string, AttributeValue> =>
    Object.fromEntries(
      keys.map((key) => {
        const { AttributeType } = Table?.AttributeDefinitions?.find(({ AttributeName }) => AttributeName === key) ?? {};
        const text = `nobody-${randomUUID()}`;
        if (AttributeType === "N") return [key, { N: String(-Math.floor(Math.random() * 1e15)) }];
        return [key, AttributeType === "B" ? { B: Buffer.from(text) } : { S: text }];
      }),
    );
  const impossible = {
    ConditionExpression: "attribute_exists(#key)",
    ExpressionAttributeNames: { "#key": keys[0] ?? "" },
  };
  await refused(() => client.send(new UpdateItemCommand({ TableName, Key: nobody(), ...impossible })));
  await refused(() =>
    client.send(
      new TransactWriteItemsCommand({
        TransactItems: [
          { Put: { TableName, Item: nobody(), ...impossible } },
          { Delete: { TableName, Key: nobody(), ...impossible } },
        ],
      }),
    ),
  );
}

async function refused(write: () => Promise<unknown>): Promise<void> {
  try {
    await patiently(write);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return;
    if (error instanceof TransactionCanceledException) return;
    throw error;
  }
}
