import path from "node:path";
import { writeAtomically } from "../../migration/atomic-file";
import { MigrationError } from "../../migration/migration-error";
import type { Directory } from "../../migration/pool/directory";
import type { Store } from "../../migration/store/store";
import { Accounts } from "../../migration/users/accounts";
import { type CarryOptions, refusedFormat } from "../../migration/users/carry";
import { decisionsFile } from "../../migration/users/decisions";
import { type Conflict, type PlanLine, plan } from "../../migration/users/plan";
import { writePlan } from "../../migration/users/plan-lines";
import { Progress } from "../../migration/users/progress";
import { commandLine } from "../called";
import { print } from "../print";
import { type ConnectedPools, connect, type MoveArguments } from "./connect";
import { withMigrationErrors } from "./errors";
import { MoveFolder } from "./folder";
import { readPool } from "./pools";

export interface PlanArguments extends MoveArguments, CarryOptions {
  readonly resume: boolean;
  /** Whether calls that a move has left for accounts which it created are not made any more. */
  readonly giveUpCalls: boolean;
}

/** Plans the move of every account and keeps existing decisions. Returns whether no decision is missing. */
export function planMove(args: PlanArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { from, to, target } = await connect(args);
    const files = new MoveFolder(args.folder, args);
    return files.withStore("for plan", (store) => planInto(store, files, args, { from, to, target }));
  });
}

async function planInto(
  store: Store,
  files: MoveFolder,
  args: PlanArguments,
  { from, to, target }: ConnectedPools,
): Promise<boolean> {
  // An invalid file must be reported before the pools are read.
  await files.readDecisions();
  const progress = new Progress(store);
  if (progress.isUnfinished && !args.giveUpCalls) {
    throw new MigrationError(
      "The move was stopped, or accounts that it created have calls left (groups, disabling, invitations). A new plan would not make them:" +
        " run `move --apply` again first, or plan with --give-up-calls.",
      2,
    );
  }
  const counts = new Counts();
  const conflicts: Conflict[] = [];
  const accounts = new Accounts(store);
  const read = await readPool(accounts, "from", from, args.resume);
  const there = await readPool(accounts, "to", to, args.resume);
  const memberships = await membershipsOf(from);
  const planned = plan({
    accounts,
    target,
    memberships,
    made: progress.made(),
    uninvited: progress.uninvited(),
    renameToId: args.renameToId,
  });
  function* lines() {
    for (const { lines, lost } of planned) {
      counts.addLost(lost);
      for (const line of lines) {
        counts.add(line);
        if (line.action === "conflict") conflicts.push(line);
        yield line;
      }
    }
  }
  writePlan(store, lines());
  progress.setUnfinished(false);
  accounts.finish();

  // Reading the pools can take hours, in which the file may have been edited.
  const decisions = await files.readDecisions();
  const kept = new Set(conflicts.flatMap(({ accounts }) => accounts.map(({ sub }) => sub)));
  const dropped = [...decisions.keys()].filter((sub) => !kept.has(sub)).length;
  const isUndecided = ({ sub }: { sub: string }) => (decisions.get(sub)?.decision.kind ?? "undecided") === "undecided";
  const open = conflicts.filter(({ accounts }) => accounts.some(isUndecided)).length;
  if (conflicts.length > 0 || decisions.size > 0) {
    await writeAtomically(files.decisions, [decisionsFile(conflicts, decisions)]);
  }
  print(`${read} accounts in ${args.from}, ${there} in ${args.to}.`);
  for (const line of counts.lines()) print(line);
  if (dropped > 0)
    print(`${dropped} decisions were about accounts that no longer need one: they were removed from the file.`);
  if (target.caseSensitive) {
    print(`Note: ${args.to} is case-sensitive, so Cognito itself admits both username and Username.`);
  }
  const formats = conflicts.flatMap(({ accounts, aliases = [] }) =>
    accounts.filter(({ carried }) => refusedFormat(carried.username, aliases)),
  );
  if (formats.length > 0) {
    print(
      `Usernames that look like an alias of the new pool: ${formats.length}. Decide for each (keep as <username>), or plan again with --rename-to-id.`,
    );
  }
  if (open > 0) print(`Decisions missing: ${open} of ${conflicts.length} groups. Edit ${files.decisions}.`);
  else print(`No decision is missing. Next: ${commandLine("users", "move", ...samePools(args))}`);
  return open === 0;
}

/** The options for the next command on the same pools and files. */
function samePools({ from, to, folder, region }: PlanArguments): string[] {
  const isUsual = !path.isAbsolute(folder);
  return [
    "--from",
    from,
    "--to",
    to,
    ...(isUsual ? [] : ["--folder", folder]),
    ...(region ? ["--region", region] : []),
  ];
}

/** The groups of each user, by username. Users with the same groups share one list. */
async function membershipsOf(pool: Directory): Promise<Map<string, readonly string[]>> {
  const memberships = new Map<string, readonly string[]>();
  const lists = new Map<string, readonly string[]>();
  for (const { GroupName = "" } of await pool.groups()) {
    for await (const username of pool.membersOf(GroupName)) {
      const groups = [...(memberships.get(username) ?? []), GroupName];
      const key = JSON.stringify(groups);
      lists.set(key, lists.get(key) ?? groups);
      memberships.set(username, lists.get(key) ?? groups);
    }
  }
  return memberships;
}

/** The counts of a plan. */
class Counts {
  private invited = 0;
  private disabled = 0;
  private present = 0;
  private groups = 0;
  private grouped = 0;
  private readonly skipped = new Map<string, number>();
  private readonly lost = new Map<string, number>();

  add(line: PlanLine): void {
    if (line.action === "invite") {
      this.invited++;
      if (!line.carried.enabled) this.disabled++;
    } else if (line.action === "present") this.present++;
    else if (line.action === "skip") this.skipped.set(line.reason, (this.skipped.get(line.reason) ?? 0) + 1);
    else {
      this.groups++;
      this.grouped += line.accounts.length;
    }
  }

  addLost(attributes: readonly string[]): void {
    for (const name of attributes) this.lost.set(name, (this.lost.get(name) ?? 0) + 1);
  }

  *lines(): Generator<string> {
    yield `  ${this.invited} to invite${this.disabled > 0 ? `, ${this.disabled} of them disabled: created, not invited` : ""}`;
    yield `  ${this.present} already in the new pool`;
    yield `  ${this.grouped} in groups (${this.groups}) that need a decision`;
    for (const [reason, times] of this.skipped) yield `  ${times} skipped: ${reason}`;
    for (const [name, times] of this.lost) yield `  Attribute ${name} is not carried over (${times} accounts have it).`;
  }
}
