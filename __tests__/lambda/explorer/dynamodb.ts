import { AwsError } from "../../../lambda/aws/client";

type Value = { readonly S?: string; readonly N?: string };
export type StoredItem = Readonly<Record<string, Value>>;

interface Write {
  readonly Item?: StoredItem;
  readonly Key?: { readonly pk: Value };
  readonly ConditionExpression?: string;
  readonly ExpressionAttributeValues?: Readonly<Record<string, Value>>;
}

/** Is told of every item that is put in place of another. */
export type OnReplace = (key: string, old: StoredItem, item: StoredItem) => void;

/** The operations of DynamoDB that the function uses. Each is carried out at once, and as a whole or not at all. */
export class DynamoDb {
  readonly items = new Map<string, StoredItem>();

  constructor(private readonly onReplace: OnReplace) {}

  execute(target: string, input: object): object {
    const operation = target.slice(target.indexOf(".") + 1);
    if (operation === "TransactWriteItems") return this.transact(input as { TransactItems: Array<{ Put: Write }> });
    if (operation === "DeleteItem") return this.delete(input as Write);
    throw new Error(`no operation ${operation}`);
  }

  private transact({ TransactItems }: { TransactItems: Array<{ Put: Write }> }): object {
    const puts = TransactItems.map(({ Put }) => ({ put: Put, key: Put.Item?.pk?.S ?? "" }));
    const failed = puts.map(({ put, key }) => !holds(put, this.items.get(key)));
    if (failed.some(Boolean)) {
      const CancellationReasons = puts.map(({ key }, index) =>
        failed[index]
          ? { Code: "ConditionalCheckFailed", ...(this.items.has(key) && { Item: this.items.get(key) }) }
          : { Code: "None" },
      );
      throw new AwsError("TransactionCanceledException", false, { CancellationReasons });
    }
    for (const { put, key } of puts) {
      const old = this.items.get(key);
      const item = put.Item as StoredItem;
      if (old) this.onReplace(key, old, item);
      this.items.set(key, item);
    }
    return {};
  }

  private delete(write: Write): object {
    const key = write.Key?.pk.S ?? "";
    if (!holds(write, this.items.get(key))) throw new AwsError("ConditionalCheckFailedException", false);
    this.items.delete(key);
    return {};
  }
}

/** Whether a condition holds: comparisons and attribute_not_exists, joined by AND. */
function holds({ ConditionExpression, ExpressionAttributeValues = {} }: Write, item: StoredItem | undefined): boolean {
  if (!ConditionExpression) return true;
  return ConditionExpression.split(" AND ").every((term) => {
    const absent = /^attribute_not_exists\((\w+)\)$/.exec(term);
    if (absent) return item?.[absent[1] as string] === undefined;
    const [, name = "", value = ""] = /^(\w+) = (:\w+)$/.exec(term) ?? [];
    if (!name) throw new Error(`no condition ${term}`);
    const [has, wanted] = [item?.[name], ExpressionAttributeValues[value]];
    return has !== undefined && has.S === wanted?.S && has.N === wanted?.N;
  });
}
