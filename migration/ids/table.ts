import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type ConsumedCapacity,
  type DynamoDBClient,
  ScanCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import type { RateLimiter } from "../rate-limit";
import { retryThrottled } from "../retry";
import type { TableDescription } from "./describe";
import { isDone, MOST_NAMES, unchanged, update } from "./expressions";
import { after, before, type Change, type Item, isSame, pick, textOf } from "./item";
import { moves } from "./reading";

/** A page of a table. `next` is the key after which the next page starts; undefined after the last one. */
export interface ItemsPage {
  readonly items: readonly Item[];
  readonly next: Item | undefined;
}

/**
 * The result of a change. written: now, or by an earlier attempt whose response was lost. changed: the item differs from the
 * version that was read. occupied: another item has its new key.
 */
export type Outcome = "written" | "changed" | "occupied";

/** Keys that one BatchGetItem takes: DynamoDB API reference. */
const BATCH = 100;

/** A table whose ids are rewritten. The client must make one attempt for each call: the retries are here. */
export class IdsTable {
  /** Names of attributes that were seen in items of the table: as many as a condition can hold. */
  readonly attributes = new Set<string>();

  constructor(
    private readonly client: DynamoDBClient,
    readonly description: TableDescription,
    private readonly limiter: RateLimiter,
  ) {}

  get name(): string {
    return this.description.name;
  }

  keyOf(item: Item): Record<string, AttributeValue> {
    return pick(item, this.description.keys);
  }

  /**
   * The items of one of `TotalSegments` segments, in pages of up to `Limit` items, from the beginning or after the key `from`.
   */
  async *pages(Segment: number, TotalSegments: number, Limit: number, from?: Item): AsyncGenerator<ItemsPage> {
    let next: Item | undefined = from;
    do {
      const { Items = [], LastEvaluatedKey } = await this.send((TableName) =>
        this.client.send(
          new ScanCommand({
            TableName,
            Segment,
            TotalSegments,
            ExclusiveStartKey: next as Record<string, AttributeValue> | undefined,
            Limit,
            // So that a recent write is not missed.
            ConsistentRead: true,
            ReturnConsumedCapacity: "TOTAL",
          }),
        ),
      );
      next = LastEvaluatedKey;
      for (const item of Items) this.rememberAttributes(Object.keys(item));
      yield { items: Items, next };
    } while (next);
  }

  /** The items with these keys, as far as they exist, by {@link textOf} their keys. */
  async read(keys: readonly Item[]): Promise<Map<string, Item>> {
    const found = new Map<string, Item>();
    const distinct = [...new Map(keys.map((key) => [textOf(key), key])).values()];
    for (let start = 0; start < distinct.length; start += BATCH) {
      let wanted = distinct.slice(start, start + BATCH) as Array<Record<string, AttributeValue>>;
      while (wanted.length > 0) {
        const { Responses, UnprocessedKeys } = await this.send((TableName) =>
          this.client.send(
            new BatchGetItemCommand({
              RequestItems: { [TableName]: { Keys: wanted, ConsistentRead: true } },
              ReturnConsumedCapacity: "TOTAL",
            }),
          ),
        );
        for (const item of Responses?.[this.name] ?? []) {
          this.rememberAttributes(Object.keys(item));
          found.set(textOf(this.keyOf(item)), item);
        }
        wanted = UnprocessedKeys?.[this.name]?.Keys ?? [];
      }
    }
    return found;
  }

  /** Remembers attribute names. The condition of a move requires that the item has not got one of them meanwhile. */
  rememberAttributes(names: Iterable<string>): void {
    for (const name of names) if (this.attributes.size < MOST_NAMES) this.attributes.add(name);
  }

  /** The current item with this key. */
  async get(key: Item): Promise<Item | undefined> {
    return [...(await this.read([key])).values()][0];
  }

  /** Makes a change atomically. */
  apply(change: Change): Promise<Outcome> {
    return moves(change, this.description.keys) ? this.move(change) : this.update(change);
  }

  private async update(change: Change): Promise<Outcome> {
    try {
      await this.send((TableName) =>
        this.client.send(
          new UpdateItemCommand({
            TableName,
            Key: this.keyOf(change.kept),
            ...update(change),
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
            ReturnConsumedCapacity: "TOTAL",
          }),
        ),
      );
      return "written";
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = error.Item ?? (await this.get(this.keyOf(change.kept)));
      return item && isDone(change, item) ? "written" : "changed";
    }
  }

  private async move(change: Change): Promise<Outcome> {
    const [old, successor] = [before(change), after(change)];
    try {
      await this.send((TableName) =>
        this.client.send(
          new TransactWriteItemsCommand({
            TransactItems: [
              {
                Put: {
                  TableName,
                  Item: successor,
                  ConditionExpression: "attribute_not_exists(#key)",
                  ExpressionAttributeNames: { "#key": this.description.keys[0] ?? "" },
                },
              },
              { Delete: { TableName, Key: this.keyOf(old), ...unchanged(old, this.attributes) } },
            ],
            ReturnConsumedCapacity: "TOTAL",
          }),
        ),
      );
      return "written";
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const failed = error.CancellationReasons?.map(({ Code }) => Code === "ConditionalCheckFailed") ?? [];
      if (!failed.includes(true)) throw error;
      const there = await this.read([this.keyOf(old), this.keyOf(successor)]);
      const [oldNow, successorNow] = [old, successor].map((item) => there.get(textOf(this.keyOf(item))));
      if (oldNow) return successorNow ? "occupied" : "changed";
      return successorNow && isSame(successorNow, successor) ? "written" : "changed";
    }
  }

  /** Makes a call within the rate limit, with retries. */
  private send<T extends { ConsumedCapacity?: ConsumedCapacity | ConsumedCapacity[] | undefined }>(
    call: (tableName: string) => Promise<T>,
  ): Promise<T> {
    return retryThrottled(async () => {
      await this.limiter.acquire();
      const answer = await call(this.name);
      const capacities = [answer.ConsumedCapacity ?? []].flat();
      // acquire() has charged one unit.
      this.limiter.charge(capacities.reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0) - 1);
      return answer;
    });
  }
}
