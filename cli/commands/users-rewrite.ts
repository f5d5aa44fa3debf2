import { type Command, InvalidArgumentError } from "commander";
import { readableFile, writableFile } from "../files";
import { exitCodes, wholeNumber } from "../options";
import { print } from "../print";

interface Options {
  readonly table: readonly string[];
  readonly mapping: string;
  readonly journal?: string;
  readonly segments: number;
  readonly rate: number;
  readonly region?: string;
  readonly apply?: true;
  readonly backOut?: true;
}

const STOPPABLE = `
Without --apply nothing is written. A rewrite can be stopped at any time; the same command continues it.`;

const EXIT_CODES = { 0: "all is well", 2: "done, but some items were skipped: the output says which" };

export function registerRewriteIds(group: Command): void {
  exitCodes(group.command("rewrite-ids").addHelpText("after", STOPPABLE), EXIT_CODES)
    .description("replace users' old ids by their new ones in DynamoDB tables, in keys and everywhere else")
    .requiredOption("--table <names>", "the tables, separated by commas", tableNames)
    .requiredOption(
      "--mapping <file>",
      "CSV with the columns old_id and new_id, as `users move` writes it",
      readableFile,
    )
    .option(
      "--journal <file>",
      "journal, to continue and to back out (default: rewrite-ids.jsonl beside the mapping)",
      writableFile,
    )
    .option("--segments <number>", "segments of a table that are read in parallel", wholeNumber(1, 64), 4)
    .option("--rate <number>", "capacity units a second, to read and to write", wholeNumber(1, 40_000), 1000)
    .option("--region <region>", "Region of the tables (default: AWS_REGION or the profile's)")
    .option("--apply", "write; without it this is a dry run")
    .option("--back-out", "restore the rewritten items from the journal")
    .action(async ({ table: tables, apply, backOut, ...options }: Options) => {
      const { rewriteIds, backOutIds } = await import("../users/rewrite");
      const run = backOut ? backOutIds : rewriteIds;
      if (!(await run({ ...options, tables, apply: apply === true }, print))) process.exitCode = 2;
    });
}

export function tableNames(value: string): string[] {
  const names = value.split(",").map((name) => name.trim());
  if (names.every((name) => name !== "") && new Set(names).size === names.length) return names;
  throw new InvalidArgumentError("It must be one table, or several different ones separated by commas.");
}
