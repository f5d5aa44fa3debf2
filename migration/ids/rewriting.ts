import type { Journal } from "../journal";
import { MigrationError } from "../migration-error";
import { partitionConflicts } from "./collisions";
import { type Entry, type Intent, type Part, type Skipped, STAGES, type Stage } from "./entries";
import { MOST_NAMES } from "./expressions";
import type { Ids } from "./ids";
import { after, before, type Change, type Item, textOf } from "./item";
import { moves, readItem } from "./reading";
import { reconcileIntents } from "./reconcile";
import type { State, TableState } from "./state";
import type { IdsTable, ItemsPage } from "./table";
import { tallyOf } from "./tally";
import { inParallel, walk } from "./walk";

export interface RewritingOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  /** Segments of a table that are read in parallel. */
  readonly segments: number;
  readonly journal: Journal<Entry>;
  /** The state that the journal records. */
  readonly state: State;
  /** Called after every page, with the number of items that were read. */
  readonly onPage: (stage: Stage, items: number) => void;
}

/** A small page, so that an item is written soon after it was read. */
const REWRITTEN_AT_ONCE = 100;
/** Concurrent writes for each segment. */
const PARALLEL = 8;
/** Attempts before an item with concurrent changes is skipped. */
const MAX_ATTEMPTS = 10;
/** Errors that concern one item only: the other items are still rewritten. */
const REFUSALS: ReadonlySet<string> = new Set([
  "ItemCollectionSizeLimitExceededException",
  "TransactionCanceledException",
  "ValidationException",
]);

/**
 * Counts, rewrites, and counts again, or continues where an earlier run stopped. Returns the result of this round by table.
 * Every change is in the journal before it is made. So a run can be stopped at any point without losing information, and every
 * change can be undone.
 */
export async function rewriteTables(options: RewritingOptions): Promise<Map<string, TableState>> {
  const { tables, segments, journal, state } = options;
  const names = tables.map(({ name }) => name);
  if (state.backedOut) {
    throw new MigrationError("The rewrite in this journal was backed out: name another journal to rewrite again.");
  }
  const isOver = state.isOver(names);
  if (!isOver && state.segments !== segments) {
    throw new MigrationError(
      `The earlier run reads each table in ${state.segments} segments: continue with --segments ${state.segments}.`,
    );
  }
  await reconcileIntents(options);
  if (isOver) {
    state.add({ type: "round", segments });
    await journal.append({ type: "round", segments });
  }
  for (const stage of STAGES) {
    for (const table of tables) {
      table.rememberAttributes(state.names.get(table.name) ?? []);
      await walk({
        table,
        segments,
        ...(stage === "rewrite" && { limit: REWRITTEN_AT_ONCE }),
        placeOf: (segment) => state.placeOf({ stage, table: table.name, segment }),
        async onPage(page, segment) {
          const part = { stage, table: table.name, segment };
          await (stage === "rewrite" ? rewritePage(options, table, part, page) : countPage(options, table, part, page));
          options.onPage(stage, page.items.length);
        },
      });
    }
  }
  return new Map(names.map((name) => [name, state.of(name)]));
}

async function countPage({ ids, journal, state }: RewritingOptions, table: IdsTable, part: Part, page: ItemsPage) {
  const tally = tallyOf(page.items.map((item) => readItem(item, table.description.keys, ids)));
  const known = state.names.get(table.name);
  const names = [...new Set(page.items.flatMap((item) => Object.keys(item)))]
    .filter((name) => !known?.has(name))
    .slice(0, MOST_NAMES - (known?.size ?? 0));
  const entry = { type: "page", ...part, next: page.next ? textOf(page.next) : null, tally, names } as const;
  state.add(entry);
  await journal.append(entry);
}

async function rewritePage(options: RewritingOptions, table: IdsTable, part: Part, page: ItemsPage): Promise<void> {
  const { ids, journal, state } = options;
  const { keys } = table.description;
  const readings = page.items.map((item) => ({ item, reading: readItem(item, keys, ids) }));
  const { changes, skipped } = await partitionConflicts(table, ids, readings);
  const written: number[] = [];

  const intend = async (change: Change): Promise<number> => {
    const intent = intentOf(change, state.next, part, moves(change, keys));
    state.add(intent);
    await journal.append(intent);
    return intent.n;
  };
  const intended = await Promise.all(changes.map(async (change) => ({ change, n: await intend(change) })));
  await inParallel(intended, PARALLEL, async ({ change, n }) => {
    const end = await rewriteItem(table, ids, change, n, intend);
    if (typeof end === "number") written.push(end);
    else if (end) skipped.push(end);
  });

  const tally = tallyOf(readings.map(({ reading }) => reading));
  const entry = {
    type: "page",
    ...part,
    next: page.next ? textOf(page.next) : null,
    tally,
    written,
    left: skipped,
  } as const;
  state.add(entry);
  await journal.append(entry);
}

/** Returns the number of the intent that was carried out, or why the item was skipped; undefined if there was nothing to do. */
async function rewriteItem(
  table: IdsTable,
  ids: Ids,
  change: Change,
  n: number,
  intend: (change: Change) => Promise<number>,
): Promise<number | Skipped | undefined> {
  const key = table.keyOf(before(change));
  const skip = (reason: Skipped["reason"], detail: string) => ({ table: table.name, key: textOf(key), reason, detail });
  let [current, number] = [change, n];
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    try {
      if ((await table.apply(current)) === "written") return number;
    } catch (error) {
      const { name, message } = error as Error;
      if (!REFUSALS.has(name)) throw error;
      return skip("refused", message);
    }
    const item: Item | undefined = await table.get(key);
    // The move was successful and the item was changed later; or another process deleted the item.
    if (!item) return (await table.get(table.keyOf(after(current)))) ? number : undefined;
    const reading = readItem(item, table.description.keys, ids);
    const { changes, skipped } = await partitionConflicts(table, ids, [{ item, reading }]);
    const [again] = changes;
    if (!again) return skipped[0];
    [current, number] = [again, await intend(again)];
  }
  return skip("contended", `${MAX_ATTEMPTS} times`);
}

function intentOf({ kept, from, to }: Change, n: number, { table, segment }: Part, isMove: boolean): Intent {
  const kind = isMove ? "move" : "update";
  return { type: "intent", n, table, segment, kind, kept: textOf(kept), from: textOf(from), to: textOf(to) };
}
