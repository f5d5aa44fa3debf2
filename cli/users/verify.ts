import { Accounts } from "../../migration/users/accounts";
import { kindOf } from "../../migration/users/audit";
import { Progress } from "../../migration/users/progress";
import { type AccountRef, isMoved, type VerifyReport, verify } from "../../migration/users/verify";
import { print } from "../print";
import { connect, type MoveArguments } from "./connect";
import { withMigrationErrors } from "./errors";
import { MoveFolder } from "./folder";
import { readPool } from "./pools";

export interface VerifyArguments extends MoveArguments {
  /** Tables in which no old id may be left. */
  readonly tables: readonly string[];
  /** As for `rewrite-ids`. */
  readonly keepAttribute?: readonly string[] | undefined;
}

/** Accounts that are printed in each list. */
const SHOWN = 20;

/** Compares the pools and the tables with the plan. Returns whether no account is missing, there are no duplicates, and no old id remains. */
export function verifyMove(args: VerifyArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { from, to } = await connect(args);
    const files = new MoveFolder(args.folder, args);
    const report = await files.withStore("planned", async (store) => {
      const plan = await files.resolvedPlan(store);
      const accounts = new Accounts(store);
      await readPool(accounts, "from", from, false);
      await readPool(accounts, "to", to, false);
      accounts.finish();
      const progress = new Progress(store);
      return await verify({ accounts, plan, made: progress.made(), uninvited: progress.uninvited() });
    });
    printReport(args, report);
    return inTables(args, files, isMoved(report));
  });
}

async function inTables(
  { tables, region, keepAttribute }: VerifyArguments,
  { mapping }: MoveFolder,
  soFar: boolean,
): Promise<boolean> {
  if (tables.length === 0) return soFar;
  const { verifyTables } = await import("./rewrite");
  return (await verifyTables({ tables, mapping, region, keepAttribute }, print)) && soFar;
}

function printReport({ from, to }: VerifyArguments, report: VerifyReport): void {
  print(`${report.accounts} accounts in ${from}, ${report.accountsThere} in ${to}.`);
  print(`  ${report.arrived} arrived`);
  for (const [reason, times] of report.notMoved) print(`  ${times} not moved: ${reason}`);
  list("missing", report.missing);
  list("not planned: they signed up after the plan, so plan and move again", report.unplanned);
  list("without an invitation, which Cognito could not send: move --apply --invite sends it again", report.uninvited);
  list(
    "created, and left out or merged by a later decision: delete them in the new pool, or keep them",
    report.abandoned,
  );
  if (report.duplicates.length > 0) {
    print(`  ${report.duplicates.length} groups of duplicate accounts in the new pool:`);
    for (const { because, users } of report.duplicates.slice(0, SHOWN)) {
      print(`    same ${kindOf(because)}: ${users.map(({ username }) => username).join(", ")}`);
    }
  }
  if (isMoved(report)) print("No account is missing, and there are no duplicates.");
}

function list(what: string, accounts: readonly AccountRef[]): void {
  if (accounts.length === 0) return;
  print(`  ${accounts.length} ${what}:`);
  for (const { sub, username } of accounts.slice(0, SHOWN)) print(`    ${sub} (${username})`);
}
