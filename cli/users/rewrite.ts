import { createHash } from "node:crypto";
import { stat } from "node:fs/promises";
import path from "node:path";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { backOut } from "../../migration/ids/back-out";
import { describeTable, tryWriting } from "../../migration/ids/describe";
import { type Entry, STAGES } from "../../migration/ids/entries";
import { Ids } from "../../migration/ids/ids";
import { rewriteTables } from "../../migration/ids/rewriting";
import { State } from "../../migration/ids/state";
import { forecast, survey } from "../../migration/ids/survey";
import { IdsTable } from "../../migration/ids/table";
import { Journal, type JournalOf, readJournal } from "../../migration/journal";
import { loadMapping } from "../../migration/mapping";
import { RateLimiter } from "../../migration/rate-limit";
import { Failure } from "../failure";
import { note } from "../print";
import { progressBar } from "../progress";
import { singleAttemptDynamoDb } from "./clients";
import { withMigrationErrors } from "./errors";
import { printCounts, printForecast, printRewritten, printSkipped } from "./rewrite-report";

export interface RewriteArguments {
  readonly tables: readonly string[];
  /** The file with the old and new ids. */
  readonly mapping: string;
  /** Default: rewrite-ids.jsonl beside the mapping. */
  readonly journal?: string | undefined;
  /** Default: the Region of the environment or the profile. */
  readonly region?: string | undefined;
  /** Segments of a table that are read in parallel. */
  readonly segments: number;
  /** Capacity units a second. */
  readonly rate: number;
  /** Whether anything is written. */
  readonly apply: boolean;
}

type Print = (text: string) => void;

/** Rewrites ids, or reports what a rewrite would do. Returns whether every item with an old id was, or can be, rewritten. */
export function rewriteIds(args: RewriteArguments, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { client, tables, ids, file, of, items } = await connect(args);
    for (const table of tables) for (const warning of table.description.warnings) note(`Note: ${warning}`);
    if (!args.apply) {
      const bar = progress("items", items);
      const forecasts: Array<[IdsTable, Awaited<ReturnType<typeof forecast>>]> = [];
      try {
        for (const table of tables) {
          const { segments } = args;
          forecasts.push([table, await forecast({ table, ids, segments, onPage: bar.add })]);
        }
      } finally {
        bar.stop();
      }
      for (const [{ name }, found] of forecasts) printForecast(name, found, print);
      print("Nothing was written: this was a dry run. Add --apply to write.");
      return forecasts.every(([, { skipped }]) => skipped.length === 0);
    }

    for (const table of tables) await tryWriting(client, table.description);
    const state = new State();
    const journal = await Journal.open<Entry>(file, of, (entry) => state.add(entry));
    const bar = progress(
      `items (each is read ${STAGES.length} times)`,
      items * STAGES.length,
      doneIn(state, args.tables),
    );
    try {
      const done = await rewriteTables({
        tables,
        ids,
        segments: args.segments,
        journal,
        state,
        onPage: (_, count) => bar.add(count),
      });
      bar.stop();
      for (const [name, table] of done) printRewritten(name, table, print);
      print(`The journal, to continue or to back out: ${file}`);
      return [...done.values()].every(({ skipped, after }) => skipped.size === 0 && after.found === 0);
    } finally {
      bar.stop();
      await journal.close();
    }
  });
}

/** Restores the rewritten items. Returns whether every item was restored. */
export function backOutIds(args: RewriteArguments, print: Print): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { client, tables, ids, file, of } = await connect(args);
    if (!(await exists(file))) throw new Failure(`There is no journal ${file}: nothing to back out.`, 64);
    if (args.apply) for (const table of tables) await tryWriting(client, table.description);
    const state = new State();
    const journal = await Journal.open<Entry>(file, of, (entry) => state.add(entry));
    let bar: ReturnType<typeof progress> | undefined;
    try {
      const { restored, skipped } = await backOut({
        tables,
        ids,
        journal,
        state,
        file,
        of,
        apply: args.apply,
        onStart(count) {
          if (args.apply) bar = progress("items", count);
        },
        onItems: (count) => bar?.add(count),
      });
      bar?.stop();
      print(`${restored} changes ${args.apply ? "were undone" : "would be undone"}.`);
      printSkipped(skipped, print);
      if (!args.apply) print("Nothing was written: this was a dry run. Add --apply to write.");
      return skipped.length === 0;
    } finally {
      bar?.stop();
      await journal.close();
    }
  });
}

/** Counts old ids in tables. Returns whether there are none and, if there is a journal, no table has fewer items than before. */
export function verifyTables(
  args: Pick<RewriteArguments, "tables" | "mapping" | "journal" | "region"> & { segments?: number; rate?: number },
  print: Print,
): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { segments = 4, rate = 1000 } = args;
    const { tables, ids, file, of, items } = await connect({ ...args, segments, rate, apply: false });
    const state = new State();
    if (args.journal !== undefined || (await exists(file))) {
      for await (const entry of readJournal<Entry>(file, of)) state.add(entry);
    }
    const bar = progress("items", items);
    const found: Array<[string, Awaited<ReturnType<typeof survey>>]> = [];
    try {
      for (const table of tables) found.push([table.name, await survey({ table, ids, segments, onPage: bar.add })]);
    } finally {
      bar.stop();
    }
    const fine = found.map(([name, now]) => printCounts(name, now, state.first.get(name), print));
    return fine.every(Boolean);
  });
}

async function connect({ tables: names, mapping: mappingFile, journal, region, segments: _, rate }: RewriteArguments) {
  const mapping = await loadMapping(mappingFile);
  const ids = Ids.of(mapping, mappingFile);
  const client = singleAttemptDynamoDb(region ?? (await defaultRegion()));
  const limiter = new RateLimiter(rate);
  const tables: IdsTable[] = [];
  for (const name of names) tables.push(new IdsTable(client, await describeTable(client, name, rate), limiter));
  const pairs = [...mapping].map((pair) => pair.join(" ")).sort();
  const of: JournalOf = {
    kind: "rewrite-ids",
    parameters: {
      tables: tables.map(({ description }) => description.arn).sort(),
      mapping: createHash("sha256").update(pairs.join("\n")).digest("hex"),
    },
  };
  const items = tables.reduce((sum, { description }) => sum + description.estimatedItems, 0);
  return { client, tables, ids, file: journal ?? path.join(path.dirname(mappingFile), "rewrite-ids.jsonl"), of, items };
}

async function defaultRegion(): Promise<string> {
  try {
    return await new DynamoDBClient({}).config.region();
  } catch {
    throw new Failure("The Region of the tables is missing: set --region, AWS_REGION, or the profile's region.", 64);
  }
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

/** Items that an earlier run has read. */
function doneIn(state: State, tables: readonly string[]): number {
  if (state.isOver(tables)) return 0;
  return tables
    .map((name) => state.of(name))
    .reduce((sum, table) => sum + STAGES.reduce((all, stage) => all + table[stage].items, 0), 0);
}

/** A progress bar for increments. It appears with the first increment and may be stopped more than once. */
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
