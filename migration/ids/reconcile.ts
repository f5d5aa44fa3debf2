import type { Ids } from "./ids";
import { after, before, type Change, textOf } from "./item";
import type { Intent, Progress } from "./progress";
import { readItem } from "./reading";
import type { IdsTable } from "./table";

export interface ReconcileOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  readonly progress: Progress;
}

/** Checks for every intent without a recorded result whether a stopped run had carried it out. */
export async function reconcileIntents({ tables, ids, progress }: ReconcileOptions): Promise<void> {
  for (const table of tables) {
    const open = progress.openIntents(table.name);
    const there = await table.read(open.flatMap(({ change }) => keysOf(table, change)));
    const isWritten = ({ kind, change }: Intent): boolean => {
      const [old, successor] = keysOf(table, change).map((key) => there.get(textOf(key)));
      if (kind === "move") return old === undefined && successor !== undefined;
      // If any of these attributes still contains an old id, the intent was not carried out.
      const touched = old && Object.entries(old).filter(([name]) => Object.hasOwn(change.from, name));
      return touched !== undefined && readItem(Object.fromEntries(touched), [], ids).change === undefined;
    };
    for (const segment of new Set(open.map((intent) => intent.segment))) {
      const written = open.filter((intent) => intent.segment === segment && isWritten(intent));
      progress.settle(
        { table: table.name, segment },
        written.map(({ number }) => number),
      );
    }
  }
}

/** The item's key before and after. */
function keysOf(table: IdsTable, change: Change) {
  return [table.keyOf(before(change)), table.keyOf(after(change))];
}
