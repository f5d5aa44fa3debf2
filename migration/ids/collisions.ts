import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Left } from "./entries";
import { isTooWide } from "./expressions";
import type { Ids } from "./ids";
import { after, before, type Change, type Item, textOf } from "./item";
import { moves, type Reading } from "./reading";
import type { IdsTable } from "./table";

/** Other keys that would become the same one, and are looked for before an item moves. The move itself is conditional anyway. */
const MOST_TWINS = 50;

/**
 * Parts what can be rewritten from what cannot. Items that would get the same key are all left: which of them is to have it
 * is for a person to say, and must not depend on which was read first.
 */
export async function sortOut(
  table: IdsTable,
  ids: Ids,
  readings: ReadonlyArray<{ readonly item: Item; readonly reading: Reading }>,
): Promise<{ changes: Change[]; left: Left[] }> {
  const changes: Change[] = [];
  const left: Left[] = [];
  for (const { item, reading } of readings) {
    const obstacle = reading.change && obstacleOf(table, item, reading, reading.change);
    if (obstacle) left.push(obstacle);
    else if (reading.change) changes.push(reading.change);
  }
  const taken = await others(table, ids, changes);
  const free: Change[] = [];
  for (const change of changes) {
    const other = taken.get(change);
    const key = table.keyOf(before(change));
    if (other === undefined) free.push(change);
    // It may be this very item, moved a moment ago by a run that was stopped.
    else if (await table.get(key)) {
      left.push({ table: table.name, key: textOf(key), reason: "collision", detail: other });
    }
  }
  return { changes: free, left };
}

function obstacleOf(table: IdsTable, item: Item, { clash }: Reading, change: Change): Left | undefined {
  const key = textOf(table.keyOf(item));
  if (clash !== undefined) return { table: table.name, key, reason: "clash", detail: clash };
  if (!isTooWide(change)) return undefined;
  return { table: table.name, key, reason: "too many attributes", detail: String(Object.keys(item).length) };
}

/** Of each item that moves: the key of one that has, or would get, the key that it gets. */
async function others(table: IdsTable, ids: Ids, changes: readonly Change[]): Promise<Map<Change, string>> {
  const { keys } = table.description;
  const wanted = changes
    .filter((change) => moves(change, keys))
    .map((change) => ({ change, rivals: [table.keyOf(after(change)), ...twins(table.keyOf(before(change)), ids)] }));
  const there = await table.read(wanted.flatMap(({ rivals }) => rivals));
  const taken = new Map<Change, string>();
  for (const { change, rivals } of wanted) {
    const rival = rivals.map(textOf).find((key) => there.has(key));
    if (rival !== undefined) taken.set(change, rival);
  }
  return taken;
}

/** The other keys that become the same key, because several old ids become one. */
function twins(key: Item, ids: Ids): Item[] {
  let combinations: Item[] = [{}];
  for (const [name, value] of Object.entries(key)) {
    const values: AttributeValue[] = [value];
    if (value.S !== undefined) for (const twin of ids.twins(value.S, MOST_TWINS)) values.push({ S: twin });
    combinations = combinations.flatMap((some) => values.map((one) => ({ ...some, [name]: one })));
  }
  // The first is the key itself.
  return combinations.slice(1, 1 + MOST_TWINS);
}
