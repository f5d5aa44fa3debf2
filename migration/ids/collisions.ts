import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { isTooWide } from "./expressions";
import type { Ids } from "./ids";
import { after, before, type Change, type Item, textOf } from "./item";
import type { Skipped } from "./progress";
import { moves, type Reading } from "./reading";
import type { IdsTable } from "./table";

/** Conflicting keys that are looked up before an item moves. The move itself has a condition in any case. */
const MAX_CONFLICTING_KEYS = 50;

/**
 * Separates the changes that can be made from the items that must be skipped. Items that would get the same key are all
 * skipped: the operator must choose one of them, and the result must not depend on the order of reading.
 */
export async function partitionConflicts(
  table: IdsTable,
  ids: Ids,
  readings: ReadonlyArray<{ readonly item: Item; readonly reading: Reading }>,
): Promise<{ changes: Change[]; skipped: Skipped[] }> {
  const changes: Change[] = [];
  const skipped: Skipped[] = [];
  for (const { item, reading } of readings) {
    const obstacle = obstacleOf(table, item, reading);
    if (obstacle) skipped.push(obstacle);
    else if (reading.change) changes.push(reading.change);
  }
  const taken = await conflicts(table, ids, changes);
  const free: Change[] = [];
  for (const change of changes) {
    const other = taken.get(change);
    const key = table.keyOf(before(change));
    if (other === undefined) free.push(change);
    // If the old key is gone, the other item is this one: a stopped run has moved it.
    else if (await table.get(key)) {
      skipped.push({ table: table.name, key: textOf(key), reason: "collision", detail: other });
    }
  }
  return { changes: free, skipped };
}

function obstacleOf(table: IdsTable, item: Item, { change, clash, unreadable }: Reading): Skipped | undefined {
  const key = textOf(table.keyOf(item));
  if (unreadable !== undefined) return { table: table.name, key, reason: "unreadable", detail: unreadable };
  if (!change) return undefined;
  if (clash !== undefined) return { table: table.name, key, reason: "clash", detail: clash };
  if (!isTooWide(change)) return undefined;
  return { table: table.name, key, reason: "too many attributes", detail: String(Object.keys(item).length) };
}

/** For each item that moves: the key of another item that has, or would get, its new key. */
async function conflicts(table: IdsTable, ids: Ids, changes: readonly Change[]): Promise<Map<Change, string>> {
  const { keys } = table.description;
  const wanted = changes
    .filter((change) => moves(change, keys))
    .map((change) => ({
      change,
      candidates: [table.keyOf(after(change)), ...conflictingKeys(table.keyOf(before(change)), ids)],
    }));
  const there = await table.read(wanted.flatMap(({ candidates }) => candidates));
  const taken = new Map<Change, string>();
  for (const { change, candidates } of wanted) {
    const conflict = candidates.map(textOf).find((key) => there.has(key));
    if (conflict !== undefined) taken.set(change, conflict);
  }
  return taken;
}

/** The other keys that are rewritten to the same key, because several old ids have the same new id. */
function conflictingKeys(key: Item, ids: Ids): Item[] {
  let combinations: Item[] = [{}];
  for (const [name, value] of Object.entries(key)) {
    const values: AttributeValue[] = [value];
    if (value.S !== undefined) {
      const others = ids.isKept(name)
        ? ids.conflictingKept(value.S, MAX_CONFLICTING_KEYS)
        : ids.conflictingTexts(value.S, MAX_CONFLICTING_KEYS);
      for (const other of others) values.push({ S: other });
    }
    combinations = combinations.flatMap((partial) => values.map((value) => ({ ...partial, [name]: value })));
  }
  // The first is the key itself.
  return combinations.slice(1, 1 + MAX_CONFLICTING_KEYS);
}
