import { LocalDynamoDb } from "../../cli/emulator/local-dynamodb";
import { awsClient, type Call } from "../../lambda/aws/client";
import { dynamoTable, type ReservationsTable } from "../../lambda/uniqueness/table";

export interface Tables {
  readonly call: Call;
  readonly table: ReservationsTable;
  /** The items of the table by key. */
  items(): Promise<Record<string, { username: string; email: string; attempt: string; reservedAt: number }>>;
  /** Writes the item of another sign-up. */
  write(pk: string, username: string, email: string, attempt: string, reservedAt: number): Promise<void>;
  clear(): Promise<void>;
}

export const TABLE = "reservations";

/** A table of reservations on a server that speaks DynamoDB's API. */
export async function tables(endpoint: string, tableName = TABLE): Promise<Tables> {
  const send = awsClient({
    service: "dynamodb",
    region: "eu-west-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    endpoint,
    attemptTimeout: 10_000,
  });
  const call = (operation: string, input: object) => send(`DynamoDB_20120810.${operation}`, input, Date.now() + 10_000);
  await call("CreateTable", {
    TableName: tableName,
    BillingMode: "PAY_PER_REQUEST",
    KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
  });

  async function items() {
    const { Items } = (await call("Scan", { TableName: tableName, ConsistentRead: true })) as {
      Items: Array<{ pk: { S: string } } & Record<string, { S?: string; N?: string } | undefined>>;
    };
    return Object.fromEntries(
      Items.map(({ pk, username, email, attempt, reservedAt }) => [
        pk.S,
        {
          username: username?.S ?? "",
          email: email?.S ?? "",
          attempt: attempt?.S ?? "",
          reservedAt: Number(reservedAt?.N),
        },
      ]),
    );
  }

  return {
    call: send,
    table: dynamoTable(send, tableName),
    items,
    async write(pk, username, email, attempt, reservedAt) {
      const Item = {
        pk: { S: pk },
        username: { S: username },
        email: { S: email },
        attempt: { S: attempt },
        reservedAt: { N: String(reservedAt) },
      };
      await call("PutItem", { TableName: tableName, Item });
    },
    async clear() {
      for (const pk of Object.keys(await items()))
        await call("DeleteItem", { TableName: tableName, Key: { pk: { S: pk } } });
    },
  };
}

/** The same in this process: dynalite with the transactions of the demo. */
export async function localTables(): Promise<Tables & { close(): Promise<void> }> {
  const server = new LocalDynamoDb();
  const local = await tables(await server.listen());
  return { ...local, close: () => server.close() };
}
