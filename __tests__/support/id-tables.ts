import "./whole-documents";
import { randomUUID } from "node:crypto";
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { LocalDynamoDb } from "../../cli/emulator/local-dynamodb";
import { describeTable } from "../../migration/ids/describe";
import { Ids } from "../../migration/ids/ids";
import { type Item, textOf } from "../../migration/ids/item";
import { IdsTable } from "../../migration/ids/table";
import { RateLimiter } from "../../migration/rate-limit";

export const REGION = "eu-west-1";
export const CREDENTIALS = { accessKeyId: "test", secretAccessKey: "test" };

/** Key schemas that tables can have. */
export const SCHEMAS = { simple: ["pk"], composite: ["pk", "sk"] } as const;
export type Schema = keyof typeof SCHEMAS;

/** A client like that of a migration: one attempt for each call. */
export function dynamoDbAt(endpoint: string): DynamoDBClient {
  return new DynamoDBClient({ region: REGION, credentials: CREDENTIALS, endpoint, maxAttempts: 1 });
}

export async function createTable(client: DynamoDBClient, schema: Schema, TableName: string): Promise<void> {
  const names = SCHEMAS[schema];
  await client.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      KeySchema: names.map((AttributeName, index) => ({ AttributeName, KeyType: index === 0 ? "HASH" : "RANGE" })),
      AttributeDefinitions: names.map((AttributeName) => ({ AttributeName, AttributeType: "S" })),
    }),
  );
}

export async function putItems(client: DynamoDBClient, table: string, items: Iterable<Item>): Promise<void> {
  let requests: Array<{ PutRequest: { Item: Record<string, AttributeValue> } }> = [];
  const flush = async () => {
    if (requests.length > 0) await client.send(new BatchWriteItemCommand({ RequestItems: { [table]: requests } }));
    requests = [];
  };
  for (const Item of items) {
    requests.push({ PutRequest: { Item: { ...Item } } });
    if (requests.length === 25) await flush();
  }
  await flush();
}

/** The sorted texts of all items of a table. */
export async function contentOf(client: DynamoDBClient, TableName: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
    texts.push(...Items.map(textOf));
  }
  return texts.sort();
}

/** A table in this process with helpers for tests. */
export class TestTable {
  private constructor(
    readonly client: DynamoDBClient,
    readonly name: string,
    readonly schema: Schema,
  ) {}

  static async create(client: DynamoDBClient, schema: Schema = "composite"): Promise<TestTable> {
    const name = `t-${randomUUID()}`;
    await createTable(client, schema, name);
    return new TestTable(client, name, schema);
  }

  put(...items: readonly Item[]): Promise<void> {
    return putItems(this.client, this.name, items);
  }

  async replace(item: Item): Promise<void> {
    await this.client.send(new PutItemCommand({ TableName: this.name, Item: { ...item } }));
  }

  async delete({ pk, sk }: Item): Promise<void> {
    const Key = { ...(pk && { pk }), ...(sk && { sk }) };
    await this.client.send(new DeleteItemCommand({ TableName: this.name, Key }));
  }

  content(): Promise<string[]> {
    return contentOf(this.client, this.name);
  }

  async toRewrite(client = this.client): Promise<IdsTable> {
    return new IdsTable(client, await describeTable(client, this.name, 1), new RateLimiter(1_000_000));
  }
}

/** DynamoDB in this process. */
export async function localDynamoDb(): Promise<{ endpoint: string; client: DynamoDBClient; close(): Promise<void> }> {
  const server = new LocalDynamoDb();
  const endpoint = await server.listen();
  const client = dynamoDbAt(endpoint);
  return {
    endpoint,
    client,
    async close() {
      client.destroy();
      await server.close();
    },
  };
}

/** Ids from pairs of old and new ids. */
export function idsOf(pairs: Readonly<Record<string, string>>): Ids {
  return Ids.of(new Map(Object.entries(pairs)), "mapping.csv");
}
