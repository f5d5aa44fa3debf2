import { writeAtomically } from "../../migration/atomic-file";
import { csvLine } from "../../migration/csv";
import { writeMapping } from "../../migration/mapping";
import { MigrationError } from "../../migration/migration-error";
import type { Directory, Invitations } from "../../migration/pool/directory";
import type { Store } from "../../migration/store/store";
import { type Failed, type MoveReport, move } from "../../migration/users/move";
import { Progress } from "../../migration/users/progress";
import type { ResolvedPlan } from "../../migration/users/resolved-plan";
import { Failure } from "../failure";
import { note, print } from "../print";
import { progressBar } from "../progress";
import { connect, type MoveArguments } from "./connect";
import { withMigrationErrors } from "./errors";
import { MoveFolder } from "./folder";

export interface MoveCommand extends MoveArguments {
  readonly apply: boolean;
  /** Undefined if neither option was given: then --apply is refused. */
  readonly invitations: Invitations | undefined;
  readonly createGroups: boolean;
}

/** Failed accounts that are printed. The file has all of them. */
const SHOWN = 20;
/** Most accounts that are processed in parallel, whatever the rate: a call takes some tenths of a second. */
const MOST_PARALLEL = 64;

/** Creates the planned accounts in the new pool. Returns whether none of them failed. */
export function moveUsers(args: MoveCommand): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { invitations } = args;
    if (args.apply && invitations === undefined) {
      throw new Failure(
        "Add --invite (Cognito sends every user an e-mail with a temporary password) or --suppress (it sends nothing).",
        64,
      );
    }
    const files = new MoveFolder(args.folder, args);
    return files.withStore("planned", (store) => moveWith(store, files, args));
  });
}

async function moveWith(store: Store, files: MoveFolder, args: MoveCommand): Promise<boolean> {
  const { invitations } = args;
  const plan = await files.resolvedPlan(store);
  const { from, to, target } = await connect(args);
  const missing = await missingGroups(plan, to);
  const progress = new Progress(store);
  if (!args.apply || invitations === undefined) return dryRun(args, plan, progress, missing);

  refuseMissing(missing, args.createGroups);
  await createGroups(missing, from, to);
  progress.setUnfinished(true);
  const bar = progressBar("accounts", count(plan));
  const report = await move({
    to,
    target,
    accounts: plan.toMake(),
    progress,
    invitations,
    parallel: Math.min(MOST_PARALLEL, Math.max(4, args.rate)),
    onAccount: ({ before, made, found, failed }) => bar.update(before + made + found + failed.length),
  }).finally(() => bar.stop());
  progress.setUnfinished(report.failed.some(({ step }) => step !== "create"));
  const rows = await writeMapping(files.mapping, plan.mapping(progress.made()));
  await reportOn(report, rows, invitations, files);
  return report.failed.length === 0;
}

function dryRun(
  { createGroups }: MoveCommand,
  plan: ResolvedPlan,
  progress: Progress,
  missing: readonly string[],
): boolean {
  const counts = { make: 0, disabled: 0, before: 0, into: 0, notMoved: 0 };
  for (const { sub, action } of plan.actions()) {
    if (action.kind === "make") {
      if (progress.of(sub)) counts.before++;
      else counts.make++;
      if (!action.carried.enabled) counts.disabled++;
    } else if (action.kind === "left out" || action.kind === "skipped") counts.notMoved++;
    else counts.into++;
  }
  print(`${counts.make} accounts would be created, ${counts.before} were created before.`);
  if (counts.disabled > 0) print(`  Disabled, so created as disabled and not invited: ${counts.disabled}`);
  print(`  Merged into another account, or already in the new pool: ${counts.into}`);
  print(`  Not moved: ${counts.notMoved}`);
  if (missing.length > 0 && !createGroups) print(`These groups are not in the new pool: ${missing.join(", ")}.`);
  print("Nothing was done: this was a dry run. Add --apply, and --invite or --suppress.");
  return true;
}

async function missingGroups(plan: ResolvedPlan, to: Directory): Promise<string[]> {
  const wanted = new Set<string>();
  for (const { carried } of plan.toMake()) for (const group of carried.groups) wanted.add(group);
  if (wanted.size === 0) return [];
  for (const { GroupName = "" } of await to.groups()) wanted.delete(GroupName);
  return [...wanted].sort();
}

function refuseMissing(groups: readonly string[], create: boolean): void {
  if (groups.length === 0 || create) return;
  throw new MigrationError(
    `These groups are not in the new pool: ${groups.join(", ")}. Create them, or add --create-groups (without IAM roles).`,
    2,
  );
}

async function createGroups(missing: readonly string[], from: Directory, to: Directory): Promise<void> {
  if (missing.length === 0) return;
  for (const group of await from.groups()) if (missing.includes(group.GroupName ?? "")) await to.createGroup(group);
}

function count(plan: ResolvedPlan): number {
  let accounts = 0;
  for (const _ of plan.toMake()) accounts++;
  return accounts;
}

async function reportOn(report: MoveReport, rows: number, invitations: Invitations, files: MoveFolder): Promise<void> {
  const { before, made, found, failed } = report;
  print(
    `${made} accounts created (invitations ${invitations}), ${before} were created before, ${found} existed already.`,
  );
  print(`The mapping, ${rows} ids: ${files.mapping}`);
  await writeAtomically(files.failed, [csvLine(["id", "username", "step", "reason"]), ...failed.map(failedLine)]);
  if (failed.length === 0) return;
  print(`${failed.length} accounts failed; the same command retries them. All of them: ${files.failed}`);
  for (const { sub, username, reason } of failed.slice(0, SHOWN)) print(`  ${sub} (${username}): ${reason}`);
  if (failed.length > SHOWN) note(`  and ${failed.length - SHOWN} more.`);
}

function failedLine({ sub, username, step, reason }: Failed): string {
  return csvLine([sub, username, step, reason]);
}
