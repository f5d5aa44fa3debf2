import { after, before, type Change, inverse, isSame, textOf } from "./item";
import type { Skipped } from "./progress";
import { moves } from "./reading";
import { type ReconcileOptions, reconcileIntents } from "./reconcile";
import type { IdsTable } from "./table";
import { inParallel } from "./walk";

export interface BackOutOptions extends ReconcileOptions {
  readonly apply: boolean;
  readonly onItems: (items: number) => void;
}

export interface BackOutReport {
  /** Items that were restored, or would be in a dry run. */
  restored: number;
  readonly skipped: Skipped[];
}

/** Concurrent writes. */
const PARALLEL = 32;
const BATCH = 250;

/**
 * Restores every rewritten item, in reverse order. An item is restored only if its rewritten attributes still have the values
 * that the rewrite gave them; an item whose key changed must be unchanged as a whole. Other items are skipped and reported.
 * It can be stopped and run again: it continues with the items that are not restored.
 */
export async function backOut(options: BackOutOptions): Promise<BackOutReport> {
  const { tables, progress, apply, onItems } = options;
  if (apply) {
    await reconcileIntents(options);
    progress.beginBackOut();
  }
  const report: BackOutReport = { restored: 0, skipped: [] };
  if (!apply) return { ...report, restored: progress.countWritten() };

  for (const table of tables) table.rememberAttributes(progress.namesOf(table.name));
  const byName = new Map(tables.map((table) => [table.name, table]));
  let below = Number.MAX_SAFE_INTEGER;
  for (;;) {
    const batch: Array<{ number: number; table: IdsTable; change: Change }> = [];
    const keys = new Set<string>();
    for (const { number, table: name, change } of progress.writtenBelow(below, BATCH)) {
      const table = byName.get(name);
      if (!table) throw new Error(`${name} is not a table of this rewrite`);
      const touched = [before(change), after(change)].map((item) => `${name} ${textOf(table.keyOf(item))}`);
      // An item that was rewritten twice must be restored twice, in sequence.
      if (touched.some((key) => keys.has(key))) break;
      for (const key of touched) keys.add(key);
      batch.push({ number, table, change });
      below = number;
    }
    if (batch.length === 0) return report;
    const restored: number[] = [];
    await inParallel(batch, PARALLEL, async ({ number, table, change }) => {
      const skipped = await restore(table, change);
      if (skipped) report.skipped.push(skipped);
      else restored.push(number);
    });
    progress.markRestored(restored);
    report.restored += restored.length;
    onItems(batch.length);
  }
}

async function restore(table: IdsTable, change: Change): Promise<Skipped | undefined> {
  const key = table.keyOf(after(change));
  const isMove = moves(change, table.description.keys);
  // A condition does not cover an attribute whose name is new to the table; such attributes may have been added since the rewrite.
  const now = isMove ? await table.get(key) : undefined;
  if (now && !isSame(now, after(change))) return skip("changed since");
  const outcome = await table.apply(inverse(change));
  if (outcome === "written") return undefined;
  if (outcome === "occupied") return skip("collision", textOf(table.keyOf(before(change))));
  return skip((await table.get(key)) ? "changed since" : "deleted since");

  function skip(reason: Skipped["reason"], detail = ""): Skipped {
    return { table: table.name, key: textOf(key), reason, detail };
  }
}
