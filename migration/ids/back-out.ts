import { open } from "node:fs/promises";
import { entryAt, type Journal, type JournalOf, type Place, readPlaces } from "../journal";
import type { Entry, Intent, Skipped } from "./entries";
import type { Ids } from "./ids";
import { after, before, type Change, inverse, isSame, textOf } from "./item";
import { moves } from "./reading";
import { changeOf, reconcileIntents } from "./reconcile";
import type { State } from "./state";
import type { IdsTable } from "./table";
import { inParallel } from "./walk";

export interface BackOutOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  readonly journal: Journal<Entry>;
  readonly state: State;
  /** The journal's file, which is read backwards. */
  readonly file: string;
  readonly of: JournalOf;
  readonly apply: boolean;
  /** Called with the number of items to restore. */
  readonly onStart: (items: number) => void;
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
 * It can be stopped and run again.
 */
export async function backOut(options: BackOutOptions): Promise<BackOutReport> {
  const { tables, journal, state, file, of, apply, onStart, onItems } = options;
  if (apply) {
    await reconcileIntents(options);
    if (!state.backedOut) {
      state.add({ type: "back-out" });
      await journal.append({ type: "back-out" });
    }
  }
  for (const table of tables) table.rememberAttributes(state.names.get(table.name) ?? []);
  const places = await writtenPlaces(file, of);
  const report: BackOutReport = { restored: 0, skipped: [] };
  onStart(places.length);
  if (!apply) return { ...report, restored: places.length };

  const byName = new Map(tables.map((table) => [table.name, table]));
  const handle = await open(file);
  try {
    let batch: Array<{ table: IdsTable; change: Change }> = [];
    const keys = new Set<string>();
    const flush = async () => {
      await inParallel(batch, PARALLEL, async ({ table, change }) => {
        const skipped = await restore(table, change);
        if (skipped) report.skipped.push(skipped);
        else report.restored++;
      });
      onItems(batch.length);
      batch = [];
      keys.clear();
    };
    for (const place of places.reverse()) {
      const intent = await entryAt<Intent>(handle, place);
      const table = byName.get(intent.table);
      if (!table) continue;
      const change = changeOf(intent);
      const touched = [before(change), after(change)].map((item) => `${table.name} ${textOf(table.keyOf(item))}`);
      // An item that was rewritten twice must be restored twice, in sequence.
      if (batch.length === BATCH || touched.some((key) => keys.has(key))) await flush();
      for (const key of touched) keys.add(key);
      batch.push({ table, change });
    }
    await flush();
  } finally {
    await handle.close();
  }
  return report;
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

/** The positions of the intents that were carried out. */
async function writtenPlaces(file: string, of: JournalOf): Promise<Place[]> {
  const open = new Map<number, { intent: Intent; place: Place }>();
  const written: Place[] = [];
  for await (const { entry, place } of readPlaces<Entry>(file, of)) {
    if (entry.type === "intent") open.set(entry.n, { intent: entry, place });
    else if (entry.type === "settled" || (entry.type === "page" && entry.stage === "rewrite")) {
      const done = new Set(entry.written);
      for (const [n, { intent, place }] of open) {
        if (intent.table !== entry.table || intent.segment !== entry.segment) continue;
        open.delete(n);
        if (done.has(n)) written.push(place);
      }
    }
  }
  return written;
}
