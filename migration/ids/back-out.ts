import { open } from "node:fs/promises";
import { entryAt, type Journal, type JournalOf, type Place, readPlaces } from "../journal";
import type { Entry, Intent, Left } from "./entries";
import type { Ids } from "./ids";
import { after, before, type Change, inverse, isSame, textOf } from "./item";
import { moves } from "./reading";
import { changeOf, settle } from "./settle";
import type { State } from "./state";
import type { IdsTable } from "./table";
import { inParallel } from "./walk";

export interface BackOutOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  readonly journal: Journal<Entry>;
  readonly state: State;
  /** The journal, to be read backwards. */
  readonly file: string;
  readonly of: JournalOf;
  readonly apply: boolean;
  /** How many items there are to restore. */
  readonly onStart: (items: number) => void;
  readonly onItems: (items: number) => void;
}

export interface BackOutReport {
  /** Items that are as they were, or would be. */
  restored: number;
  readonly left: Left[];
}

/** Writes that are under way at once. */
const PARALLEL = 32;
const BATCH = 250;

/**
 * Restores every item that was rewritten, the last one first, if what was rewritten of it is as the rewriting left it (of an item whose key changed:
 * all of it). What was changed since is left and reported. It can be stopped, and run again.
 */
export async function backOut(options: BackOutOptions): Promise<BackOutReport> {
  const { tables, journal, state, file, of, apply, onStart, onItems } = options;
  if (apply) {
    await settle(options);
    if (!state.backedOut) {
      state.add({ type: "back-out" });
      await journal.append({ type: "back-out" });
    }
  }
  for (const table of tables) table.know(state.names.get(table.name) ?? []);
  const places = await writtenPlaces(file, of);
  const report: BackOutReport = { restored: 0, left: [] };
  onStart(places.length);
  if (!apply) return { ...report, restored: places.length };

  const byName = new Map(tables.map((table) => [table.name, table]));
  const handle = await open(file);
  try {
    let batch: Array<{ table: IdsTable; change: Change }> = [];
    const keys = new Set<string>();
    const flush = async () => {
      await inParallel(batch, PARALLEL, async ({ table, change }) => {
        const left = await restore(table, change);
        if (left) report.left.push(left);
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
      // An item that was rewritten twice is restored twice, one after the other.
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

async function restore(table: IdsTable, change: Change): Promise<Left | undefined> {
  const key = table.keyOf(after(change));
  const isMove = moves(change, table.description.keys);
  // A condition can miss an attribute that is new to the table, and much may have happened since the rewriting.
  const now = isMove ? await table.get(key) : undefined;
  if (now && !isSame(now, after(change))) return leave("changed since");
  const outcome = await table.apply(inverse(change));
  if (outcome === "written") return undefined;
  if (outcome === "occupied") return leave("collision", textOf(table.keyOf(before(change))));
  return leave((await table.get(key)) ? "changed since" : "deleted since");

  function leave(reason: Left["reason"], detail = ""): Left {
    return { table: table.name, key: textOf(key), reason, detail };
  }
}

/** Where the intents are that were written. */
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
