import type { Command } from "commander";
import { Failure } from "../failure";
import { makeableFolder, readableFile, writableFileOrOutput } from "../files";
import { exitCodes, poolId, wholeNumber } from "../options";
import { registerRewriteIds, tableNames } from "./users-rewrite";

const EXIT_CODES = { 0: "all is well", 2: "done, but something needs a person: it is said what" };

const LIST_RATE = "calls to Cognito a second; ListUsers has 30 for the whole account and Region, sign-ups included";
const REGION = "where the pools are (default: as their ids say)";
const FOLDER = "where the files of the move are, which only you can read (default: .users/<from>)";

export function register(program: Command): void {
  const group = program
    .command("users")
    .description("move everybody to another pool: audit, plan, move, rewrite-ids, verify");
  registerAudit(group);
  registerPlan(group);
  registerMove(group);
  registerRewriteIds(group);
  registerVerify(group);
}

function registerAudit(group: Command): void {
  exitCodes(group.command("audit"), EXIT_CODES)
    .description("find accounts of any pool that would be one person here; changes nothing")
    .option("--pool <id>", "the user pool", poolId)
    .option(
      "--file <file>",
      "instead of a pool: its export, .csv (Cognito's import format) or .jsonl (list-users)",
      readableFile,
    )
    .option("--csv <file>", "write all groups, a row an account; - is standard output", writableFileOrOutput)
    .option("--json <file>", "write all groups; - is standard output", writableFileOrOutput)
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .option("--region <region>", REGION)
    .option(
      "--folder <folder>",
      "for temporary files, which only you can read (default: .users/<pool>)",
      makeableFolder,
    )
    .option("--resume", "go on where an earlier audit of the pool was stopped")
    .action(async ({ folder, resume, ...options }) => {
      if ((options.pool === undefined) === (options.file === undefined)) {
        throw new Failure("Name either a pool with --pool, or a file with --file.", 64);
      }
      const { auditUsers } = await import("../users/audit");
      const args = { ...options, folder: folder ?? folderOf(options.pool ?? "file"), resume: resume === true };
      if (!(await auditUsers(args))) process.exitCode = 2;
    });
}

function registerPlan(group: Command): void {
  ofTwoPools(group.command("plan"))
    .description("say what would become of every account; conflicts go to a file of decisions; changes nothing")
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .option("--resume", "go on where an earlier planning was stopped")
    .action(async ({ resume, ...options }) => {
      const { planMove } = await import("../users/plan");
      if (!(await planMove({ ...withFolder(options), resume: resume === true }))) process.exitCode = 2;
    });
}

function registerMove(group: Command): void {
  ofTwoPools(group.command("move"))
    .description("make the planned accounts in the new pool; can be stopped at any time and started again")
    .option("--apply", "do it; without it this is a dry run")
    .option("--invite", "Cognito sends everybody an e-mail with a temporary password")
    .option("--suppress", "Cognito sends nothing")
    .option("--create-groups", "make the groups that the new pool has not, without their IAM roles")
    .option("--rate <number>", "calls to Cognito a second; UserCreation has 50 by default", wholeNumber(1, 1000), 20)
    .action(async ({ apply, invite, suppress, createGroups, ...options }) => {
      if (invite && suppress) throw new Failure("--invite and --suppress exclude each other.", 64);
      const { moveUsers } = await import("../users/move");
      const invitations = invite ? "sent" : suppress ? "suppressed" : undefined;
      const args = { ...withFolder(options), invitations, apply: apply === true, createGroups: createGroups === true };
      if (!(await moveUsers(args))) process.exitCode = 2;
    });
}

function registerVerify(group: Command): void {
  ofTwoPools(group.command("verify"))
    .description("nobody missing, nobody twice, no old id left; changes nothing")
    .option("--table <names>", "tables in which no old id may be left, separated by commas", tableNames, [])
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .action(async ({ table, ...options }) => {
      const { verifyMove } = await import("../users/verify");
      if (!(await verifyMove({ ...withFolder(options), tables: table }))) process.exitCode = 2;
    });
}

function ofTwoPools(command: Command): Command {
  return exitCodes(command, EXIT_CODES)
    .requiredOption("--from <pool>", "id of the old pool", poolId)
    .requiredOption("--to <pool>", "id of the new pool", poolId)
    .option("--region <region>", REGION)
    .option("--folder <folder>", FOLDER, makeableFolder);
}

interface TwoPools {
  readonly from: string;
  readonly to: string;
  readonly rate: number;
  readonly region?: string;
  readonly folder?: string;
}

function withFolder<Options extends TwoPools>(options: Options) {
  if (options.from === options.to) throw new Failure("--from and --to are the same pool.", 64);
  return { ...options, folder: options.folder ?? folderOf(options.from) };
}

/** Where what belongs to a move is kept: it holds personal data and is not in git. */
function folderOf(pool: string): string {
  return `.users/${pool}`;
}
