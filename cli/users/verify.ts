import { kindOf } from "../../migration/users/audit";
import type { Directory } from "../../migration/users/directory";
import { downloaded, forget } from "../../migration/users/download";
import { inScratchFolder } from "../../migration/users/scratch";
import { isMoved, type VerifyReport, verify, type AccountRef } from "../../migration/users/verify";
import { print } from "../print";
import { progressBar } from "../progress";
import { withMigrationErrors } from "./errors";
import { MoveFolder } from "./folder";
import { downloadPool } from "./pools";
import { connect, type MoveArguments } from "./connect";

export interface VerifyArguments extends MoveArguments {
  /** Tables in which no old id may be left. */
  readonly tables: readonly string[];
}

/** Accounts of a kind that are shown. */
const SHOWN = 20;

/** Compares the pools, and the tables, with what was planned; answers whether nobody is missing, twice, or has an old id. */
export function verifyMove(args: VerifyArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { from, to } = await connect(args);
    const files = new MoveFolder(args.folder, args);
    const unlock = await files.lock();
    try {
      const report = await compare(args, files, from, to);
      printReport(args, report);
      return await inTables(args, files, isMoved(report));
    } finally {
      await unlock();
    }
  });
}

async function compare(
  args: VerifyArguments,
  files: MoveFolder,
  from: Directory,
  to: Directory,
): Promise<VerifyReport> {
  const [work, progress] = [await files.work(), await files.readProgress()];
  await downloadPool(from, files.download("from"), false);
  const there = await downloadPool(to, files.download("to"), false);
  const bar = progressBar("accounts compared", there * 2);
  const report = await inScratchFolder(args.folder, (scratch) =>
    verify({
      from: downloaded(files.download("from")),
      to: downloaded(files.download("to")),
      work,
      made: progress.made(),
      scratch,
      onAccount: (done) => bar.update(done),
    }),
  ).finally(() => bar.stop());
  await forget(files.download("from"));
  await forget(files.download("to"));
  return report;
}

async function inTables(
  { tables, region }: VerifyArguments,
  { mapping }: MoveFolder,
  soFar: boolean,
): Promise<boolean> {
  if (tables.length === 0) return soFar;
  const { verifyTables } = await import("./rewrite");
  return (await verifyTables({ tables, mapping, region }, print)) && soFar;
}

function printReport({ from, to }: VerifyArguments, report: VerifyReport): void {
  print(`${report.accounts} accounts in ${from}, ${report.accountsThere} in ${to}.`);
  print(`  ${report.arrived} arrived`);
  for (const [reason, times] of report.left) print(`  ${times} not moved: ${reason}`);
  list("missing", report.missing);
  list("not planned: they came after the plan, so plan and move again", report.unplanned);
  if (report.twice.length > 0) {
    print(`  ${report.twice.length} groups of accounts in the new pool would be one person:`);
    for (const { because, users } of report.twice.slice(0, SHOWN)) {
      print(`    same ${kindOf(because)}: ${users.map(({ username }) => username).join(", ")}`);
    }
  }
  if (isMoved(report)) print("Nobody is missing, and nobody is there twice.");
}

function list(what: string, accounts: readonly AccountRef[]): void {
  if (accounts.length === 0) return;
  print(`  ${accounts.length} ${what}:`);
  for (const { sub, username } of accounts.slice(0, SHOWN)) print(`    ${sub} (${username})`);
}
