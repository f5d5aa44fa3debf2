import { type Command, Option } from "commander";
import { DIALECTS } from "../../migration/users/dialects";
import { Failure } from "../failure";
import { makeableFolder, regularFile, writableFile, writableFileOrOutput } from "../files";
import { exitCodes, poolId, wholeNumber } from "../options";
import { attributeNames, KEEP_ATTRIBUTE, registerRewriteIds, tableNames } from "./users-rewrite";

const EXIT_CODES = { 0: "all is well", 2: "done, but something needs an operator: the output says what" };

const LIST_RATE = "calls to Cognito a second; ListUsers has 30 for the whole account and Region, sign-ups included";
const REGION = "Region of the pools (default: the one in their ids)";
const FOLDER = "folder for the files of the move; only you can read it (default: .users/<from>)";

export function register(program: Command): void {
  const group = program
    .command("users")
    .description("move all users to another pool: audit, plan, move, rewrite-ids, verify, report");
  registerAudit(group);
  registerPlan(group);
  registerMove(group);
  registerRewriteIds(group);
  registerVerify(group);
  registerReport(group);
}

function registerAudit(group: Command): void {
  exitCodes(group.command("audit"), EXIT_CODES)
    .description("find duplicate accounts in any pool; changes nothing")
    .option("--pool <id>", "the user pool", poolId)
    .option(
      "--file <file>",
      "an export instead of a pool: .csv (Cognito's import format), .jsonl or .json (list-users)",
      regularFile,
    )
    .addOption(new Option("--dialect <dialect>", "of a .csv whose content does not tell it").choices(DIALECTS))
    .option("--csv <file>", "write all groups, a row an account; - is standard output", writableFileOrOutput)
    .option("--json <file>", "write all groups; - is standard output", writableFileOrOutput)
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .option("--region <region>", REGION)
    .option(
      "--folder <folder>",
      "folder for temporary files; only you can read it (default: .users/<pool>)",
      makeableFolder,
    )
    .option("--resume", "continue an earlier audit of the pool")
    .action(async ({ folder, resume, ...options }) => {
      if ((options.pool === undefined) === (options.file === undefined)) {
        throw new Failure("Name either a pool with --pool, or a file with --file.", 64);
      }
      requireDifferent(options);
      const { auditUsers } = await import("../users/audit");
      const args = { ...options, folder: folder ?? folderOf(options.pool ?? "file"), resume: resume === true };
      if (!(await auditUsers(args))) process.exitCode = 2;
    });
}

/** A file that is written must not be the one that is read, or be written twice. */
function requireDifferent(files: { readonly file?: string; readonly csv?: string; readonly json?: string }): void {
  const { file, csv, json } = files;
  const [twice] = [
    csv !== undefined && csv === file && "--csv and --file",
    json !== undefined && json === file && "--json and --file",
    csv !== undefined && csv === json && "--csv and --json",
  ].filter((names) => names !== false);
  if (twice !== undefined) throw new Failure(`${twice} name the same file.`, 64);
}

function registerPlan(group: Command): void {
  withPoolOptions(group.command("plan"))
    .description("plan the move of every account; writes conflicts to a file of decisions; changes nothing")
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .option("--resume", "continue an earlier plan")
    .option(
      "--rename-to-id",
      "usernames that are e-mail addresses or phone numbers, where the new pool has that alias, become the account's old id",
    )
    .option(
      "--give-up-calls",
      "plan although a move has calls left for accounts that it created: they are not made any more",
    )
    .action(async ({ resume, giveUpCalls, ...options }) => {
      const { planMove } = await import("../users/plan");
      const args = { ...withFolder(options), resume: resume === true, giveUpCalls: giveUpCalls === true };
      if (!(await planMove(args))) process.exitCode = 2;
    });
}

function registerMove(group: Command): void {
  withPoolOptions(group.command("move"))
    .description("create the planned accounts in the new pool; can be stopped and restarted at any time")
    .option("--apply", "apply the plan; without it this is a dry run")
    .option("--invite", "Cognito sends every user an e-mail with a temporary password")
    .option("--suppress", "Cognito sends nothing")
    .option("--create-groups", "create the groups that the new pool lacks, without their IAM roles")
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
  withPoolOptions(group.command("verify"))
    .description("check that no account is missing, there are no duplicates and no old id is left; changes nothing")
    .option("--table <names>", "tables in which no old id may be left, separated by commas", tableNames, [])
    .option("--keep-attribute <names>", KEEP_ATTRIBUTE, attributeNames)
    .option("--rate <number>", LIST_RATE, wholeNumber(1, 30), 15)
    .action(async ({ table, ...options }) => {
      const { verifyMove } = await import("../users/verify");
      if (!(await verifyMove({ ...withFolder(options), tables: table }))) process.exitCode = 2;
    });
}

function registerReport(group: Command): void {
  withPoolOptions(group.command("report"))
    .description("write a page about the move: counts, decisions, progress, failures; calls no AWS, changes nothing")
    .option("--html <file>", "the page; only you can read it (default: report.html in the folder)", writableFile)
    .action(async (options) => {
      const { reportMove } = await import("../users/report");
      if (!(await reportMove(withFolder(options)))) process.exitCode = 2;
    });
}

function withPoolOptions(command: Command): Command {
  return exitCodes(command, EXIT_CODES)
    .requiredOption("--from <pool>", "id of the old pool", poolId)
    .requiredOption("--to <pool>", "id of the new pool", poolId)
    .option("--region <region>", REGION)
    .option("--folder <folder>", FOLDER, makeableFolder);
}

interface PoolOptions {
  readonly from: string;
  readonly to: string;
  readonly region?: string;
  readonly folder?: string;
}

function withFolder<Options extends PoolOptions>(options: Options) {
  if (options.from === options.to) throw new Failure("--from and --to are the same pool.", 64);
  return { ...options, folder: options.folder ?? folderOf(options.from) };
}

/** The default folder of a move. It holds personal data and is ignored by git. */
function folderOf(pool: string): string {
  return `.users/${pool}`;
}
