import type { Journal } from "../journal";
import type { Entry, Intent } from "./entries";
import type { Ids } from "./ids";
import { after, before, type Change, itemOf, textOf } from "./item";
import { readItem } from "./reading";
import type { State } from "./state";
import type { IdsTable } from "./table";

export interface ReconcileOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  readonly journal: Journal<Entry>;
  readonly state: State;
}

/** Checks for every intent without a recorded result whether a stopped run had carried it out. */
export async function reconcileIntents({ tables, ids, journal, state }: ReconcileOptions): Promise<void> {
  for (const table of tables) {
    const open = [...state.open.values()].filter((intent) => intent.table === table.name);
    const there = await table.read(open.flatMap((intent) => keysOf(table, changeOf(intent))));
    const isWritten = (intent: Intent): boolean => {
      const change = changeOf(intent);
      const [old, successor] = keysOf(table, change).map((key) => there.get(textOf(key)));
      if (intent.kind === "move") return old === undefined && successor !== undefined;
      // If any of these attributes still contains an old id, the intent was not carried out.
      const touched = old && Object.entries(old).filter(([name]) => Object.hasOwn(change.from, name));
      return touched !== undefined && readItem(Object.fromEntries(touched), [], ids).change === undefined;
    };
    for (const segment of new Set(open.map((intent) => intent.segment))) {
      const written = open.filter((intent) => intent.segment === segment && isWritten(intent)).map(({ n }) => n);
      const entry = { type: "settled", table: table.name, segment, written } as const;
      state.add(entry);
      await journal.append(entry);
    }
  }
}

export function changeOf({ kept, from, to }: Intent): Change {
  return { kept: itemOf(kept), from: itemOf(from), to: itemOf(to) };
}

/** The item's key before and after. */
function keysOf(table: IdsTable, change: Change) {
  return [table.keyOf(before(change)), table.keyOf(after(change))];
}
