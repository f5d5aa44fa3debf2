import type { Accounts } from "./accounts";
import { audit, type DuplicateAccounts } from "./audit";
import type { ResolvedPlan } from "./resolved-plan";

export interface VerifyOptions {
  /** Those of the old pool ("from") and of the new one ("to"). */
  readonly accounts: Accounts;
  readonly plan: ResolvedPlan;
  /** Created accounts: old id → new id. */
  readonly made: ReadonlyMap<string, string>;
  /** Old ids of created accounts whose invitation could not be sent. */
  readonly uninvited: ReadonlySet<string>;
}

/** An account of the old pool. */
export interface AccountRef {
  readonly sub: string;
  readonly username: string;
}

export interface VerifyReport {
  /** Accounts of the old pool. */
  accounts: number;
  /** Accounts of the old pool that have one in the new pool. */
  arrived: number;
  /** Accounts of the old pool that should have one in the new pool, and do not. */
  readonly missing: AccountRef[];
  /** Accounts of the old pool that are not in the plan: they signed up later. */
  readonly unplanned: AccountRef[];
  /** Accounts that arrived, were never invited, and still have the password of the invitation. */
  readonly uninvited: AccountRef[];
  /** Accounts that the move created, and that a later decision left out or merged: they are still in the new pool. */
  readonly abandoned: AccountRef[];
  /** The number of accounts that are not moved, by reason. */
  readonly notMoved: Map<string, number>;
  /** Accounts of the new pool. */
  accountsThere: number;
  /** Groups of duplicate accounts of the new pool. */
  readonly duplicates: DuplicateAccounts[];
}

/** Compares both pools with the plan, the decisions and the progress; changes nothing. */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const report: VerifyReport = {
    accounts: 0,
    arrived: 0,
    missing: [],
    unplanned: [],
    uninvited: [],
    abandoned: [],
    notMoved: new Map(),
    accountsThere: 0,
    duplicates: [],
  };
  const { accounts } = options;
  const found = await audit(accounts, "to", (group) => void report.duplicates.push(group));
  report.accountsThere = found.accounts;
  /** Status by id. */
  const there = new Map<string, string>();
  for (const { sub, status } of accounts.each("to")) there.set(sub, status);
  const expected = expectations(options);
  for (const { sub, username } of accounts.each("from")) {
    report.accounts++;
    const expectation = expected.get(sub);
    const created = options.made.get(sub);
    if (created !== undefined && there.has(created) && !isFor(expectation, created)) {
      report.abandoned.push({ sub, username });
    }
    if (expectation === undefined) report.unplanned.push({ sub, username });
    else if ("notMoved" in expectation)
      report.notMoved.set(expectation.notMoved, (report.notMoved.get(expectation.notMoved) ?? 0) + 1);
    else if (expectation.newSub !== undefined && there.has(expectation.newSub)) {
      report.arrived++;
      const isWaiting = there.get(expectation.newSub) === "FORCE_CHANGE_PASSWORD";
      if (isWaiting && options.uninvited.has(sub)) report.uninvited.push({ sub, username });
    } else report.missing.push({ sub, username });
  }
  return report;
}

/** Whether no account is missing, unplanned, uninvited or abandoned, and there are no duplicates. */
export function isMoved({ missing, unplanned, uninvited, abandoned, duplicates }: VerifyReport): boolean {
  return [missing, unplanned, uninvited, abandoned, duplicates].every(({ length }) => length === 0);
}

type Expectation = { readonly newSub: string | undefined } | { readonly notMoved: string };

/** Whether an account of the new pool is expected. An account that is not in the plan is reported as that. */
function isFor(expectation: Expectation | undefined, created: string): boolean {
  return expectation === undefined || ("newSub" in expectation && expectation.newSub === created);
}

function expectations({ plan, made }: VerifyOptions): Map<string, Expectation> {
  const expected = new Map<string, Expectation>();
  for (const { sub, action } of plan.actions()) {
    if (action.kind === "skipped") expected.set(sub, { notMoved: action.reason });
    else if (action.kind === "left out") expected.set(sub, { notMoved: "left out by decision" });
    else if (action.kind === "into new") expected.set(sub, { newSub: action.newSub });
    else expected.set(sub, { newSub: made.get(action.kind === "make" ? sub : action.sub) });
  }
  return expected;
}
