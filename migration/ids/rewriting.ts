import { MigrationError } from "../migration-error";
import { partitionConflicts } from "./collisions";
import type { Ids } from "./ids";
import { after, before, type Change, type Item, textOf } from "./item";
import { type Part, type Progress, type Share, type Skipped, STAGES, type Stage, WHOLE } from "./progress";
import { moves, readItem } from "./reading";
import { reconcileIntents } from "./reconcile";
import type { IdsTable, ItemsPage } from "./table";
import { tallyOf } from "./tally";
import { inParallel, walk } from "./walk";

export interface RewritingOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  /** Segments of a table that are read in parallel. */
  readonly segments: number;
  /** Which of them are this machine's. @default all */
  readonly share?: Share;
  readonly progress: Progress;
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
 * Counts, rewrites, and counts again, or continues where an earlier run stopped. Every change is in the store before it is made.
 * So a run can be stopped at any point without losing information, and every change can be undone.
 */
export async function rewriteTables(options: RewritingOptions): Promise<void> {
  const { tables, segments, share = WHOLE, progress } = options;
  if (progress.isBackedOut) {
    throw new MigrationError("The rewrite in this store was backed out: name another store to rewrite again.");
  }
  const { isOver } = progress;
  const before = progress.round?.segments;
  if (!isOver && before !== segments) {
    throw new MigrationError(
      `The earlier run reads each table in ${before} segments: continue with --segments ${before}.`,
    );
  }
  await reconcileIntents(options);
  if (isOver) progress.beginRound(segments);
  for (const stage of STAGES) {
    for (const table of tables) {
      table.rememberAttributes(progress.namesOf(table.name));
      await walk({
        table,
        segments,
        share,
        ...(stage === "rewrite" && { limit: REWRITTEN_AT_ONCE }),
        placeOf: (segment) => progress.placeOf({ stage, table: table.name, segment }),
        async onPage(page, segment) {
          const part = { stage, table: table.name, segment };
          if (stage === "rewrite") await rewritePage(options, table, part, page);
          else countPage(options, table, part, page);
          options.onPage(stage, page.items.length);
        },
      });
    }
  }
}

function countPage({ ids, progress }: RewritingOptions, table: IdsTable, part: Part, { items, next }: ItemsPage): void {
  const tally = tallyOf(items.map((item) => readItem(item, table.description.keys, ids)));
  progress.finishPage(part, { next, tally, names: table.attributes });
}

async function rewritePage(options: RewritingOptions, table: IdsTable, part: Part, page: ItemsPage): Promise<void> {
  const { ids, progress } = options;
  const { keys } = table.description;
  const readings = page.items.map((item) => ({ item, reading: readItem(item, keys, ids) }));
  const { changes, skipped } = await partitionConflicts(table, ids, readings);
  const written: number[] = [];

  const intend = (changes: readonly Change[]): number[] =>
    progress.intend(
      part,
      changes.map((change) => ({ change, kind: moves(change, keys) ? "move" : "update" })),
    );
  const numbers = intend(changes);
  await inParallel([...changes.entries()], PARALLEL, async ([index, change]) => {
    const end = await rewriteItem(table, ids, change, numbers[index] ?? 0, (again) => intend([again])[0] ?? 0);
    if (typeof end === "number") written.push(end);
    else if (end) skipped.push(end);
  });
  const tally = tallyOf(readings.map(({ reading }) => reading));
  progress.finishPage(part, { next: page.next, tally, written, skipped });
}

/** Returns the number of the intent that was carried out, or why the item was skipped; undefined if there was nothing to do. */
async function rewriteItem(
  table: IdsTable,
  ids: Ids,
  change: Change,
  n: number,
  intend: (change: Change) => number,
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
    [current, number] = [again, intend(again)];
  }
  return skip("contended", `${MAX_ATTEMPTS} times`);
}
