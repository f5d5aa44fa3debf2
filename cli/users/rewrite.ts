import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import path from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { backOut } from "../../migration/ids/back-out";
import { describeTable, tryWriting } from "../../migration/ids/describe";
import { formerJournalBeside, takeOver } from "../../migration/ids/former";
import { Ids } from "../../migration/ids/ids";
import { Progress, type RewriteOf, type Share, STAGES, textOfShare, WHOLE } from "../../migration/ids/progress";
import { rewriteTables } from "../../migration/ids/rewriting";
import { forecast, survey } from "../../migration/ids/survey";
import { IdsTable } from "../../migration/ids/table";
import { loadMapping } from "../../migration/mapping";
import { MigrationError } from "../../migration/migration-error";
import { RateLimiter } from "../../migration/rate-limit";
import { Store } from "../../migration/store/store";
import { Failure } from "../failure";
import { note } from "../print";
import { progressBar } from "../progress";
import { singleAttemptDynamoDb } from "./clients";
import { withMigrationErrors } from "./errors";
import { MOST_LINES, printCounts, printForecast, printRewritten, printSkipped } from "./rewrite-report";

export interface RewriteArguments {
  readonly tables: readonly string[];
  /** The file with the old and new ids. */
  readonly mapping: string;
  /** Default: move.db beside the mapping, the store of a move. */
  readonly store?: string | undefined;
  /** Default: the Region of the environment or the profile. */
  readonly region?: string | undefined;
  /** Names of attributes, and of members of maps, in which an old id is a username: it stays. @default none */
  readonly keepAttribute?: readonly string[] | undefined;
  /** Segments of a table that are read in parallel. */
  readonly segments: number;
  /** Which of them this machine reads. @default all */
  readonly part?: Share;
  /** Capacity units a second. */
  readonly rate: number;
  /** Whether anything is written. */
  readonly apply: boolean;
}

type Print = (text: string) => void;
type Bar = ReturnType<typeof progress>;

/** Rewrites ids, or reports what a rewrite would do. Returns whether every item with an old id was, or can be, rewritten. */
export function rewriteIds(args: RewriteArguments, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { segments, part: share = WHOLE } = args;
    if (share.of > segments) throw new Failure(`--part: there are ${segments} segments, so at most as many parts.`, 64);
    const { client, tables, ids, file, of, items } = await connect(args);
    for (const table of tables) for (const warning of table.description.warnings) note(`Note: ${warning}`);
    if (!args.apply) {
      const forecasts = await ofEach(tables, items, (table, onPage) =>
        forecast({ table, ids, segments, share, onPage }),
      );
      for (const [name, found] of forecasts) printForecast(name, found, print);
      print("Nothing was written: this was a dry run. Add --apply to write.");
      return forecasts.every(([, { skipped }]) => skipped.length === 0);
    }

    for (const table of tables) await tryWriting(client, table.description);
    return withStore(file, of, async (known) => {
      const { isOver } = known;
      const what = `items (each is read ${STAGES.length} times)`;
      await withBar(progress(what, items * STAGES.length, isOver ? 0 : known.itemsRead()), (bar) =>
        rewriteTables({ tables, ids, segments, share, progress: known, onPage: (_, count) => bar.add(count) }),
      );
      const results = tables.map(({ name }) => ({ name, result: known.resultOf(name) }));
      for (const { name, result } of results) printRewritten(name, result, known.skippedOf(name, MOST_LINES), print);
      print(`The store, to continue or to back out: ${file}`);
      return results.every(({ result: { skipped, after } }) => skipped === 0 && after.found === 0);
    });
  });
}

/** Restores the rewritten items. Returns whether every item was restored. */
export function backOutIds(args: RewriteArguments, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { apply } = args;
    const { client, tables, ids, file, of } = await connect(args);
    const nothing = new Failure(`There is no rewrite in ${file}: nothing to back out.`, 64);
    if (!isThere(file)) throw nothing;
    if (apply) for (const table of tables) await tryWriting(client, table.description);
    return withStore(file, of, async (known) => {
      if (!known.round) throw nothing;
      const { restored, skipped } = await withBar(progress("items", known.countWritten()), (bar) =>
        backOut({ tables, ids, progress: known, apply, onItems: bar.add }),
      );
      print(`${restored} changes ${apply ? "were undone" : "would be undone"}.`);
      printSkipped(skipped, print);
      if (!apply) print("Nothing was written: this was a dry run. Add --apply to write.");
      return skipped.length === 0;
    });
  });
}

/**
 * Counts old ids in tables. Returns whether there are none and, if there was a rewrite, no table has fewer items than before.
 */
export function verifyTables(
  args: Pick<RewriteArguments, "tables" | "mapping" | "region" | "keepAttribute">,
  print: Print,
): Promise<boolean> {
  return withMigrationErrors(async () => {
    const segments = 4;
    const { tables, ids, file, of, items } = await connect({ ...args, segments, rate: 1000, apply: false });
    // Any part will do: only the count of a whole table is compared.
    const { part: _, ...whole } = of;
    const counts = (known: Progress) => new Map(args.tables.map((name) => [name, known.firstCountOf(name)]));
    const before = isThere(file)
      ? await withStore(file, whole, async (known) => counts(known)).catch((error: unknown) => {
          // For example a rewrite with a mapping that has grown since.
          if (!(error instanceof MigrationError)) throw error;
          note(`Note: items are not compared with those before. ${error.message}`);
          return undefined;
        })
      : undefined;
    const found = await ofEach(tables, items, (table, onPage) => survey({ table, ids, segments, onPage }));
    return found.map(([name, now]) => printCounts(name, now, before?.get(name), print)).every(Boolean);
  });
}

async function connect(args: RewriteArguments) {
  const { tables: names, mapping: mappingFile, store, region, part = WHOLE, rate, keepAttribute = [] } = args;
  const mapping = await loadMapping(mappingFile);
  const ids = Ids.of(mapping, mappingFile, keepAttribute);
  const client = singleAttemptDynamoDb(region ?? (await defaultRegion()));
  const limiter = new RateLimiter(rate);
  const tables: IdsTable[] = [];
  for (const name of names) tables.push(new IdsTable(client, await describeTable(client, name, rate), limiter));
  const pairs = [...mapping].map((pair) => pair.join(" ")).sort();
  const of = {
    tables: JSON.stringify(tables.map(({ description }) => description.arn).sort()),
    mapping: createHash("sha256").update(pairs.join("\n")).digest("hex"),
    kept: JSON.stringify([...keepAttribute].sort()),
    part: textOfShare(part),
  };
  const items = tables.reduce((sum, { description }) => sum + description.estimatedItems, 0) / part.of;
  return { client, tables, ids, file: store ?? path.join(path.dirname(mappingFile), "move.db"), of, items };
}

/** Whether there is a store, or a journal of an earlier version that becomes one. */
function isThere(file: string): boolean {
  return existsSync(file) || existsSync(formerJournalBeside(file));
}

async function withStore<T>(file: string, of: RewriteOf, work: (known: Progress) => Promise<T>): Promise<T> {
  const store = Store.open(file);
  try {
    await takeOver(store, file, of);
    return await work(new Progress(store, file, of));
  } finally {
    store.close();
  }
}

async function defaultRegion(): Promise<string> {
  try {
    return await new DynamoDBClient({}).config.region();
  } catch {
    throw new Failure("The Region of the tables is missing: set --region, AWS_REGION, or the profile's region.", 64);
  }
}

/** Does the same with each table, below one progress bar. */
function ofEach<T>(
  tables: readonly IdsTable[],
  items: number,
  work: (table: IdsTable, onPage: (items: number) => void) => Promise<T>,
): Promise<Array<[name: string, result: T]>> {
  return withBar(progress("items", items), async (bar) => {
    const results: Array<[string, T]> = [];
    for (const table of tables) results.push([table.name, await work(table, bar.add)]);
    return results;
  });
}

function withBar<T>(bar: Bar, work: (bar: Bar) => Promise<T>): Promise<T> {
  return work(bar).finally(() => bar.stop());
}

/** A progress bar for increments. It appears with the first increment. */
function progress(what: string, total: number, done = 0) {
  let bar: ReturnType<typeof progressBar> | undefined;
  let count = done;
  return {
    add(more: number) {
      bar ??= progressBar(what, total);
      count += more;
      bar.update(count);
    },
    stop() {
      bar?.stop();
      bar = undefined;
    },
  };
}
