import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { type Change, type Item, isSame } from "./item";

/**
 * DynamoDB's limits: 300 operators and functions, which is 150 comparisons with the ANDs between them, and 4 kB for an expression
 * (developer guide, "Constraints"). An item with more attributes cannot be compared as a whole.
 */
export const MOST_COMPARISONS = 150;
const LONGEST = 4096;
/** The most attribute names to remember: a condition cannot hold more. */
export const MOST_NAMES = MOST_COMPARISONS;

export interface Condition {
  readonly ConditionExpression: string;
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, AttributeValue>;
}

/**
 * The condition that an item has exactly these values in these attributes, and none of the attributes in `absent`. No
 * expression can state that an item has no other attributes. So `absent` should name all attributes that it could have; the
 * condition includes as many of them as fit.
 */
export function unchanged(values: Item, absent: Iterable<string>): Condition {
  const { names, nameOf } = nameTable();
  const compared = comparisons(values, nameOf);
  const clauses = compared.clauses;
  let length = clauses.join(" AND ").length;
  for (const name of absent) {
    if (Object.hasOwn(values, name)) continue;
    const clause = `attribute_not_exists(#${Object.keys(names).length.toString(36)})`;
    length += clause.length + " AND ".length;
    if (clauses.length >= MOST_COMPARISONS || length > LONGEST) break;
    nameOf(name);
    clauses.push(clause);
  }
  return {
    ConditionExpression: clauses.join(" AND "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: compared.values,
  };
}

/** An in-place update, on the condition that the replaced values are unchanged. */
export function update({ from, to }: Change): Condition & { readonly UpdateExpression: string } {
  const { names, nameOf } = nameTable();
  const { clauses, values } = comparisons(from, nameOf);
  for (const name of Object.keys(to)) {
    if (!Object.hasOwn(from, name)) clauses.push(`attribute_not_exists(${nameOf(name)})`);
  }
  const sets = Object.entries(to).map(([name, value]) => {
    const set = `:n${nameOf(name).slice(1)}`;
    values[set] = value;
    return `${nameOf(name)}=${set}`;
  });
  const removals = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  return {
    UpdateExpression: [
      sets.length > 0 && `SET ${sets.join(",")}`,
      removals.length > 0 && `REMOVE ${removals.map(nameOf).join(",")}`,
    ]
      .filter(Boolean)
      .join(" "),
    ConditionExpression: clauses.join(" AND "),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

/** Whether a change has more attributes than one condition can compare. */
export function isTooWide({ kept, from, to }: Change): boolean {
  return Object.keys({ ...kept, ...from, ...to }).length > MOST_COMPARISONS;
}

/** Whether an item already has the result of an in-place change. */
export function isDone({ from, to }: Change, item: Item): boolean {
  const touched = Object.keys({ ...from, ...to });
  const now = Object.fromEntries(Object.entries(item).filter(([name]) => touched.includes(name)));
  return isSame(now, to);
}

function nameTable() {
  const names: Record<string, string> = {};
  const known = new Map<string, string>();
  const nameOf = (name: string): string => {
    const short = known.get(name) ?? `#${known.size.toString(36)}`;
    known.set(name, short);
    names[short] = name;
    return short;
  };
  return { names, nameOf };
}

function comparisons(item: Item, nameOf: (name: string) => string) {
  const values: Record<string, AttributeValue> = {};
  const clauses = Object.entries(item).map(([name, value]) => {
    const short = nameOf(name);
    values[`:${short.slice(1)}`] = value;
    return `${short}=:${short.slice(1)}`;
  });
  return { clauses, values };
}
