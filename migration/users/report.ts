import type { Store } from "../store/store";
import { type Decided, inWords } from "./decisions";
import type { PlanLine } from "./plan";
import type { Pools } from "./plan-lines";
import type { Bar, Report, ReportFailure, ReportGroup } from "./report-page";

export interface ReportOptions {
  readonly store: Store;
  readonly pools: Pools;
  readonly plan: Iterable<PlanLine>;
  readonly decisions: ReadonlyMap<string, Decided>;
  /** ISO 8601. */
  readonly now: string;
}

/** Groups, and failures, on the page. Commands and files have all. */
const SHOWN = 1000;

/** What the store knows of a move, for {@link Report}. Reads the plan once. */
export function reportOf({ store, pools, plan, decisions, now }: ReportOptions): Report {
  const count = (sql: string) => store.get<{ times: number }>(`SELECT count(*) AS times FROM ${sql}`)?.times ?? 0;
  const made = count("made WHERE found = 0");
  const isMade = (sub: string) => store.get("SELECT 1 FROM made WHERE sub = ?", sub) !== undefined;
  const times = { toCreate: 0, present: 0, undecided: 0, merged: 0, leftOut: 0 };
  const skipped = new Map<string, number>();
  const groups: ReportGroup[] = [];
  let groupsInAll = 0;
  const create = (sub: string) => {
    if (!isMade(sub)) times.toCreate++;
  };
  for (const line of plan) {
    if (line.action === "invite") create(line.sub);
    else if (line.action === "present") times.present++;
    else if (line.action === "skip") skipped.set(line.reason, (skipped.get(line.reason) ?? 0) + 1);
    else {
      for (const { sub } of line.accounts) {
        const kind = decisions.get(sub)?.decision.kind ?? "undecided";
        if (kind === "keep") create(sub);
        else if (kind === "merge") times.merged++;
        else if (kind === "leave out") times.leftOut++;
        else times.undecided++;
      }
      if (++groupsInAll > SHOWN) continue;
      const accounts = line.accounts.map((account) => ({
        ...account,
        decision: inWords(decisions.get(account.sub)?.decision),
      }));
      const taken = line.taken.map((account) => ({ ...account, decision: "in the new pool already" }));
      groups.push({ because: line.because, accounts: [...accounts, ...taken] });
    }
  }
  const failed = "step JOIN account ON account.sub = step.sub AND source = 'from' WHERE state = 'failed'";
  const failuresInAll = count(failed);
  const failures = store.all<{ [Name in keyof ReportFailure]: string }>(
    `SELECT step.sub, username, step, reason FROM ${failed} ORDER BY username LIMIT ${SHOWN}`,
  );
  return {
    ...pools,
    planned: String(store.get("SELECT value FROM setting WHERE name = 'planned'")?.value),
    made: now,
    isDone: times.toCreate + times.undecided + failuresInAll === 0,
    counts: [
      { what: `In the old pool, ${pools.from}`, accounts: count("account WHERE source = 'from'") },
      { what: `In the new pool, ${pools.to}, when the plan was made`, accounts: count("account WHERE source = 'to'") },
      { what: "Created by the move", accounts: made },
      { what: "Still to create", accounts: times.toCreate },
      { what: "In the new pool before the move", accounts: times.present + count("made WHERE found = 1") },
      { what: "Merged into another account", accounts: times.merged },
      { what: "Left out by decision", accounts: times.leftOut },
      { what: "Without a decision", accounts: times.undecided },
      ...[...skipped].map(([reason, accounts]) => ({ what: `Not moved: ${reason}`, accounts })),
    ],
    groups,
    groupsInAll,
    failures,
    failuresInAll,
    created: bars(store, "account WHERE source = 'from'", "created", "month"),
    moved: bars(store, "step WHERE step = 'create' AND state = 'done'", "at", "day"),
  };
}

/** Characters of an ISO 8601 time that name a month, and a day. */
const LENGTH = { month: 7, day: 10 } as const;

/** Rows by month or by day, in their order, those without rows between them too. Rows without a time are left out. */
function bars(store: Store, from: string, column: string, unit: keyof typeof LENGTH): Bar[] {
  const known = store.all<{ label: string; accounts: number }>(
    `SELECT substr(${column}, 1, ${LENGTH[unit]}) AS label, count(*) AS accounts FROM ${from}
      AND ${column} GLOB '[12][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T*' GROUP BY label ORDER BY label`,
  );
  const accounts = new Map(known.map((bar) => [bar.label, bar.accounts]));
  const [first, last] = [known[0]?.label, known.at(-1)?.label];
  const all: Bar[] = [];
  for (let label = first; label !== undefined && last !== undefined && label <= last; label = next(label, unit)) {
    all.push({ label, accounts: accounts.get(label) ?? 0 });
  }
  return all;
}

function next(label: string, unit: keyof typeof LENGTH): string {
  const date = new Date(unit === "month" ? `${label}-01` : label);
  if (unit === "month") date.setUTCMonth(date.getUTCMonth() + 1);
  else date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, LENGTH[unit]);
}
