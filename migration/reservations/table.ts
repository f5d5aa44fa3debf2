import {
  type AttributeValue,
  BatchGetItemCommand,
  type BatchGetItemCommandOutput,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  paginateScan,
} from "@aws-sdk/client-dynamodb";
import { fromItem, isVersion, type Item as StoredItem, toItem } from "../../lambda/identity/item";
import type { Reservation, Version } from "../../lambda/identity/reservation";

/** Keys that one BatchGetItem takes: DynamoDB API reference. */
export const BATCH = 100;

/** The operator's access to the table of reservations. The function's own access is in lambda/uniqueness. */
export class ReservationsTable {
  constructor(
    private readonly client: DynamoDBClient,
    readonly name: string,
  ) {}

  async get(key: string): Promise<Reservation | undefined> {
    const { Item } = await this.client.send(
      new GetItemCommand({ TableName: this.name, Key: { pk: { S: key } }, ConsistentRead: true }),
    );
    return Item && reservationIn(Item);
  }

  /** The existing reservations among up to {@link BATCH} keys. */
  async getAll(keys: readonly string[]): Promise<Map<string, Reservation>> {
    const found = new Map<string, Reservation>();
    let wanted: Item[] | undefined = keys.map((key) => ({ pk: { S: key } }));
    while (wanted && wanted.length > 0) {
      const RequestItems = { [this.name]: { Keys: wanted, ConsistentRead: true } };
      const answer: BatchGetItemCommandOutput = await this.client.send(new BatchGetItemCommand({ RequestItems }));
      for (const item of answer.Responses?.[this.name] ?? []) found.set(item.pk?.S ?? "", reservationIn(item));
      wanted = answer.UnprocessedKeys?.[this.name]?.Keys;
    }
    return found;
  }

  /** Puts a reservation in place of exactly this version, or of none. Returns whether it did. */
  async put(reservation: Reservation, replaces?: Version): Promise<boolean> {
    try {
      await this.client.send(
        new PutItemCommand({
          TableName: this.name,
          Item: toItem(reservation),
          ...(replaces ? isVersion(replaces) : { ConditionExpression: "attribute_not_exists(pk)" }),
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Removes a reservation if it is still this version. Returns whether it did. */
  async remove(reservation: Reservation): Promise<boolean> {
    const Key = { pk: { S: reservation.key } };
    try {
      await this.client.send(new DeleteItemCommand({ TableName: this.name, Key, ...isVersion(reservation) }));
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      throw error;
    }
  }

  /** Every reservation. */
  async *all(): AsyncGenerator<Reservation> {
    for await (const { Items = [] } of paginateScan({ client: this.client }, { TableName: this.name })) {
      for (const item of Items) yield reservationIn(item);
    }
  }

  /** The key of every reservation. */
  async *keys(): AsyncGenerator<string> {
    const input = { TableName: this.name, ProjectionExpression: "pk" };
    for await (const { Items = [] } of paginateScan({ client: this.client }, input)) {
      for (const item of Items) yield item.pk?.S ?? "";
    }
  }
}

type Item = Record<string, AttributeValue>;

/** The reservation in an item. An item that does not identify its sign-up gets an attempt that no sign-up has. */
function reservationIn(item: Item): Reservation {
  const key = item.pk?.S ?? "";
  return fromItem(item as StoredItem) ?? { key, username: "", email: "", attempt: "", reservedAt: Number.NaN };
}
