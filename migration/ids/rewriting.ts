import type { Journal } from "../journal";
import { MigrationError } from "../migration-error";
import { sortOut } from "./collisions";
import { type Entry, type Intent, type Left, type Part, STAGES, type Stage } from "./entries";
import { MOST_NAMES } from "./expressions";
import type { Ids } from "./ids";
import { after, before, type Change, type Item, textOf } from "./item";
import { moves, readItem } from "./reading";
import { settle } from "./settle";
import type { State, TableState } from "./state";
import type { IdsTable, ItemsPage } from "./table";
import { tallyOf } from "./tally";
import { inParallel, walk } from "./walk";

export interface RewritingOptions {
  readonly tables: readonly IdsTable[];
  readonly ids: Ids;
  /** Parts of a table that are read at the same time. */
  readonly segments: number;
  readonly journal: Journal<Entry>;
  /** What is in the journal. */
  readonly state: State;
  /** Called after every page, with the number of items that were read. */
  readonly onPage: (stage: Stage, items: number) => void;
}

/** So few that an item is written soon after it was read. */
const REWRITTEN_AT_ONCE = 100;
/** Writes that are under way at once, for each part. */
const PARALLEL = 8;
/** Reads of an item that changes again and again, before it is left. */
const MOST_ATTEMPTS = 10;
/** What is wrong with one item: the others are rewritten none the less. */
const REFUSALS: ReadonlySet<string> = new Set([
  "ItemCollectionSizeLimitExceededException",
  "TransactionCanceledException",
  "ValidationException",
]);

/**
 * Counts, rewrites, and counts again; or goes on with that where an earlier run stopped. Answers what was done in this
 * round, by table. What is about to be done to an item is in the journal before it is done, so that being stopped
 * anywhere loses nothing, and everything can be undone.
 */
export async function rewriteTables(options: RewritingOptions): Promise<Map<string, TableState>> {
  const { tables, segments, journal, state } = options;
  const names = tables.map(({ name }) => name);
  if (state.backedOut) {
    throw new MigrationError("This journal's rewriting was backed out: begin another journal to rewrite again.");
  }
  const isOver = state.isOver(names);
  if (!isOver && state.segments !== segments) {
    throw new MigrationError(
      `What was begun reads each table in ${state.segments} parts: go on with --segments ${state.segments}.`,
    );
  }
  await settle(options);
  if (isOver) {
    state.add({ type: "round", segments });
    await journal.append({ type: "round", segments });
  }
  for (const stage of STAGES) {
    for (const table of tables) {
      table.know(state.names.get(table.name) ?? []);
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
  const { changes, left } = await sortOut(table, ids, readings);
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
    else if (end) left.push(end);
  });

  const tally = tallyOf(readings.map(({ reading }) => reading));
  const entry = { type: "page", ...part, next: page.next ? textOf(page.next) : null, tally, written, left } as const;
  state.add(entry);
  await journal.append(entry);
}

/** Answers the number of the intent that was written, or why none was; undefined if there was nothing left to do. */
async function rewriteItem(
  table: IdsTable,
  ids: Ids,
  change: Change,
  n: number,
  intend: (change: Change) => Promise<number>,
): Promise<number | Left | undefined> {
  const key = table.keyOf(before(change));
  const leave = (reason: Left["reason"], detail: string) => ({ table: table.name, key: textOf(key), reason, detail });
  let [current, number] = [change, n];
  for (let attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
    try {
      if ((await table.apply(current)) === "written") return number;
    } catch (error) {
      const { name, message } = error as Error;
      if (!REFUSALS.has(name)) throw error;
      return leave("refused", message);
    }
    const item: Item | undefined = await table.get(key);
    // Moved after all, and changed since; or deleted by somebody else.
    if (!item) return (await table.get(table.keyOf(after(current)))) ? number : undefined;
    const reading = readItem(item, table.description.keys, ids);
    const { changes, left } = await sortOut(table, ids, [{ item, reading }]);
    const [again] = changes;
    if (!again) return left[0];
    [current, number] = [again, await intend(again)];
  }
  return leave("contended", `${MOST_ATTEMPTS} times`);
}

function intentOf({ kept, from, to }: Change, n: number, { table, segment }: Part, isMove: boolean): Intent {
  const kind = isMove ? "move" : "update";
  return { type: "intent", n, table, segment, kind, kept: textOf(kept), from: textOf(from), to: textOf(to) };
}
