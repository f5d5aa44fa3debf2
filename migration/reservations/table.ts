import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
  type ScanCommandInput,
} from "@aws-sdk/client-dynamodb";
import { fromItem, isVersion, type Item as StoredItem, toItem } from "../../lambda/identity/item";
import type { Reservation, Version } from "../../lambda/identity/reservation";
import { retryThrottled } from "../retry";

/** Keys that one BatchGetItem takes: DynamoDB API reference. */
export const BATCH = 100;

/** The operator's access to the table of reservations. The function's own access is in lambda/uniqueness. The client must make one attempt for each call. */
export class ReservationsTable {
  constructor(
    private readonly client: DynamoDBClient,
    readonly name: string,
  ) {}

  async get(key: string): Promise<Reservation | undefined> {
    const input = { TableName: this.name, Key: { pk: { S: key } }, ConsistentRead: true };
    const { Item } = await retryThrottled(() => this.client.send(new GetItemCommand(input)));
    return Item && reservationIn(Item);
  }

  /** The existing reservations among up to {@link BATCH} keys. */
  async getAll(keys: readonly string[]): Promise<Map<string, Reservation>> {
    const found = new Map<string, Reservation>();
    let wanted: Item[] | undefined = keys.map((key) => ({ pk: { S: key } }));
    while (wanted && wanted.length > 0) {
      const RequestItems = { [this.name]: { Keys: wanted, ConsistentRead: true } };
      const answer: BatchGetItemCommandOutput = await retryThrottled(() =>
        this.client.send(new BatchGetItemCommand({ RequestItems })),
      );
      for (const item of answer.Responses?.[this.name] ?? []) found.set(item.pk?.S ?? "", reservationIn(item));
      wanted = answer.UnprocessedKeys?.[this.name]?.Keys;
    }
    return found;
  }

  /** Puts a reservation in place of exactly this version, or of none. Returns whether it did. */
  put(reservation: Reservation, replaces?: Version): Promise<boolean> {
    const condition = replaces ? isVersion(replaces) : { ConditionExpression: "attribute_not_exists(pk)" };
    const input = { TableName: this.name, Item: toItem(reservation), ...condition };
    return conditional(() => this.client.send(new PutItemCommand(input)));
  }

  /** Removes a reservation if it is still this version. Returns whether it did. */
  remove(reservation: Reservation): Promise<boolean> {
    const input = { TableName: this.name, Key: { pk: { S: reservation.key } }, ...isVersion(reservation) };
    return conditional(() => this.client.send(new DeleteItemCommand(input)));
  }

  /** Every reservation. */
  async *all(): AsyncGenerator<Reservation> {
    for await (const item of this.scan({})) yield reservationIn(item);
  }

  /** The key of every reservation. */
  async *keys(): AsyncGenerator<string> {
    for await (const item of this.scan({ ProjectionExpression: "pk" })) yield item.pk?.S ?? "";
  }

  private async *scan(input: Partial<ScanCommandInput>): AsyncGenerator<Item> {
    let ExclusiveStartKey: Item | undefined;
    do {
      const command = new ScanCommand({ TableName: this.name, ExclusiveStartKey, ...input });
      const { Items = [], LastEvaluatedKey } = await retryThrottled(() => this.client.send(command));
      yield* Items;
      ExclusiveStartKey = LastEvaluatedKey;
    } while (ExclusiveStartKey);
  }
}

async function conditional(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await retryThrottled(write);
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

type Item = Record<string, AttributeValue>;

/** The reservation in an item. An item that does not identify its sign-up gets an attempt that no sign-up has. */
function reservationIn(item: Item): Reservation {
  const found = fromItem(item as StoredItem);
  if (found && Number.isFinite(found.reservedAt)) return found;
  return { key: item.pk?.S ?? "", username: "", email: "", attempt: "", reservedAt: 0 };
}

/** Whether the item is no reservation: it lacks an attribute, or has one of another type. */
export function isDamaged({ attempt }: Reservation): boolean {
  return attempt === "";
}
