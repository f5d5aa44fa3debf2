import { audit, type SamePerson } from "./audit";
import type { Source } from "./groups";
import type { Work } from "./work";

export interface VerifyOptions {
  readonly from: Source;
  readonly to: Source;
  readonly work: Work;
  /** What was made: old id → new id. */
  readonly made: ReadonlyMap<string, string>;
  /** An empty folder for its files. */
  readonly scratch: string;
  readonly onAccount: (done: number) => void;
}

/** An account of the old pool. */
export interface Who {
  readonly sub: string;
  readonly username: string;
}

export interface VerifyReport {
  /** Accounts of the old pool. */
  accounts: number;
  /** Accounts of the old pool that have one in the new pool. */
  arrived: number;
  /** Accounts of the old pool that should have one, and have not. */
  readonly missing: Who[];
  /** Accounts of the old pool that no plan knows: they signed up since. */
  readonly unplanned: Who[];
  /** Accounts that are not moved, by the reason. */
  readonly left: Map<string, number>;
  /** Accounts of the new pool. */
  accountsThere: number;
  /** Accounts of the new pool that would be one person. */
  readonly twice: SamePerson[];
}

/** Compares both pools with the plan, the decisions and the journal; changes nothing. */
export async function verify(options: VerifyOptions): Promise<VerifyReport> {
  const report: VerifyReport = {
    accounts: 0,
    arrived: 0,
    missing: [],
    unplanned: [],
    left: new Map(),
    accountsThere: 0,
    twice: [],
  };
  const there = new Set<string>();
  const to: Source = {
    async *read() {
      for await (const user of options.to.read()) {
        there.add(user.sub);
        yield user;
      }
    },
  };
  const { accounts } = await audit({
    source: to,
    scratch: options.scratch,
    onAccount: options.onAccount,
    onGroup: (group) => void report.twice.push(group),
  });
  report.accountsThere = accounts;
  const expected = await expectations(options);
  for await (const { sub, username } of options.from.read()) {
    report.accounts++;
    const expectation = expected.get(sub);
    if (expectation === undefined) report.unplanned.push({ sub, username });
    else if ("left" in expectation) report.left.set(expectation.left, (report.left.get(expectation.left) ?? 0) + 1);
    else if (expectation.newSub !== undefined && there.has(expectation.newSub)) report.arrived++;
    else report.missing.push({ sub, username });
  }
  return report;
}

/** Whether nobody is missing, and nobody there twice. */
export function isMoved({ missing, unplanned, twice }: VerifyReport): boolean {
  return missing.length === 0 && unplanned.length === 0 && twice.length === 0;
}

type Expectation = { readonly newSub: string | undefined } | { readonly left: string };

async function expectations({ work, made }: VerifyOptions): Promise<Map<string, Expectation>> {
  const expected = new Map<string, Expectation>();
  for await (const { sub, fate } of work.fates()) {
    if (fate.kind === "skipped") expected.set(sub, { left: fate.reason });
    else if (fate.kind === "left out") expected.set(sub, { left: "left out by decision" });
    else if (fate.kind === "into new") expected.set(sub, { newSub: fate.newSub });
    else expected.set(sub, { newSub: made.get(fate.kind === "make" ? sub : fate.sub) });
  }
  return expected;
}
