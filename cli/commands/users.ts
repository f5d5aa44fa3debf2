import type { Command } from "commander";
import { wholeNumber } from "../options";

const EXIT_CODES = `
Exit codes: 0 all is well, 2 done, but something needs a person (it is said what), 1 it could not be done.`;

const RATE = "calls to Cognito a second while reading; ListUsers has 30 for the whole account and Region";

export function register(program: Command): void {
  const group = program
    .command("users")
    .description("move everybody to another pool: audit, plan, move, rewrite-ids, verify");

  group
    .command("audit")
    .description("find accounts of any pool that would be one person here; changes nothing")
    .option("--pool <id>", "the user pool")
    .option("--file <file>", "instead of a pool: its export, .csv (Cognito's import format) or .jsonl (list-users)")
    .option("--csv <file>", "write all groups, a row an account; - is standard output")
    .option("--json <file>", "write all groups; - is standard output")
    .option("--rate <number>", RATE, wholeNumber(1, 30), 15)
    .option("--region <region>", "where the pool is (default: as its id says)")
    .option("--folder <folder>", "for temporary files, which only you can read (default: .users/<pool>)")
    .option("--resume", "go on where an earlier audit of the pool was stopped")
    .addHelpText("after", EXIT_CODES)
    .action(async ({ folder, resume, ...options }) => {
      const { auditUsers } = await import("../users/audit");
      const args = { ...options, folder: folder ?? folderOf(options.pool ?? "file"), resume: resume === true };
      if (!(await auditUsers(args))) process.exitCode = 2;
    });
}

/** Where what belongs to a move is kept: it holds personal data and is not in git. */
function folderOf(pool: string): string {
  return `.users/${pool}`;
}
