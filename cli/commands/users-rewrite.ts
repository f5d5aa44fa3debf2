import { type Command, InvalidArgumentError, Option } from "commander";
import type { Share } from "../../migration/ids/progress";
import { regularFile, writableFile } from "../files";
import { exitCodes, wholeNumber } from "../options";
import { print } from "../print";

interface Options {
  readonly table: readonly string[];
  readonly mapping: string;
  readonly store?: string;
  readonly segments: number;
  readonly part?: Share;
  readonly rate: number;
  readonly region?: string;
  readonly keepAttribute?: readonly string[];
  readonly apply?: true;
  readonly backOut?: true;
}

const STOPPABLE = `
Without --apply nothing is written. A rewrite can be stopped at any time; the same command continues it.`;

const EXIT_CODES = { 0: "all is well", 2: "done, but some items were skipped: the output says which" };

export const KEEP_ATTRIBUTE =
  "attributes, separated by commas, in which an old id is a username, as in pools with sign-in by e-mail: it stays; of <id>::<username> the id is replaced";

export function registerRewriteIds(group: Command): void {
  exitCodes(group.command("rewrite-ids").addHelpText("after", STOPPABLE), EXIT_CODES)
    .description("replace users' old ids by their new ones in DynamoDB tables, in keys and everywhere else")
    .requiredOption("--table <names>", "the tables, separated by commas", tableNames)
    .requiredOption(
      "--mapping <file>",
      "CSV with the columns old_id and new_id, as `users move` writes it",
      regularFile,
    )
    .option(
      "--store <file>",
      "what was done, to continue and to back out (default: move.db beside the mapping)",
      writableFile,
    )
    .addOption(new Option("--journal <file>").hideHelp().argParser(formerJournal))
    .option("--segments <number>", "segments of a table that are read in parallel", wholeNumber(1, 64), 4)
    .option(
      "--part <number>",
      "this machine's part of the segments, such as 1/2: each machine with its own --store",
      part,
    )
    .option("--keep-attribute <names>", KEEP_ATTRIBUTE, attributeNames)
    .option("--rate <number>", "capacity units a second, to read and to write", wholeNumber(1, 40_000), 1000)
    .option("--region <region>", "Region of the tables (default: AWS_REGION or the profile's)")
    .option("--apply", "write; without it this is a dry run")
    .option("--back-out", "restore the rewritten items from the store")
    .action(async ({ table: tables, apply, backOut, ...options }: Options) => {
      const { rewriteIds, backOutIds } = await import("../users/rewrite");
      const run = backOut ? backOutIds : rewriteIds;
      if (!(await run({ ...options, tables, apply: apply === true }, print))) process.exitCode = 2;
    });
}

export function tableNames(value: string): string[] {
  const names = listed(value);
  if (names.every((name) => name !== "") && new Set(names).size === names.length) return names;
  throw new InvalidArgumentError("It must be one table, or several different ones separated by commas.");
}

export function attributeNames(value: string): string[] {
  const names = listed(value);
  if (names.every((name) => name !== "")) return names;
  throw new InvalidArgumentError("It must be one attribute's name, or several separated by commas.");
}

function listed(value: string): string[] {
  return value.split(",").map((name) => name.trim());
}

function part(value: string): Share {
  const [, number = 0, of = 0] = (/^(\d+)\/(\d+)$/.exec(value) ?? []).map(Number);
  if (number >= 1 && number <= of) return { index: number - 1, of };
  throw new InvalidArgumentError("It must be a part and the number of parts, such as 1/2.");
}

function formerJournal(): never {
  throw new InvalidArgumentError(
    "It is --store <file> now. A journal rewrite-ids.jsonl beside that file is taken over.",
  );
}
