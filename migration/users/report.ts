import type { Store } from "../store/store";
import { type Decided, inWords } from "./decisions";
import type { PlanLine } from "./plan";
import type { Pools } from "./plan-lines";
import { Progress } from "./progress";
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
  const madeAs = (sub: string) => store.get<{ found: number }>("SELECT found FROM made WHERE sub = ?", sub)?.found;
  const waiting = new Set<string>();
  const times = { present: 0, undecided: 0, merged: 0, leftOut: 0 };
  const skipped = new Map<string, number>();
  const groups: ReportGroup[] = [];
  let groupsInAll = 0;
  const create = (sub: string) => {
    if (madeAs(sub) === undefined) waiting.add(sub);
  };
  for (const line of plan) {
    if (line.action === "invite") create(line.sub);
    else if (line.action === "present") times.present += madeAs(line.sub) === undefined ? 1 : 0;
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
  const uninvited = new Progress(store).uninvited().size;
  const isPartlyRead = store.get("SELECT 1 FROM reading") !== undefined;
  // A call that a stopped run began is as open as one that failed. Where the account is not to be created any more, its creation is neither.
  const failed = store
    .all<{ [Name in keyof ReportFailure]: string }>(
      `SELECT step.sub, coalesce(username, '') AS username, step, coalesce(reason, 'begun, and stopped') AS reason
        FROM step LEFT JOIN account ON account.sub = step.sub AND source = 'from' WHERE state <> 'done' ORDER BY username, step.sub`,
    )
    .filter(({ sub, step }) => step !== "create" || waiting.has(sub));
  return {
    ...pools,
    planned: String(store.setting("planned")),
    made: now,
    isDone: waiting.size + times.undecided + failed.length + uninvited === 0 && !isPartlyRead,
    isPartlyRead,
    counts: [
      { what: `In the old pool, ${pools.from}`, accounts: store.count("account WHERE source = 'from'") },
      {
        what: `In the new pool, ${pools.to}, when it was read last`,
        accounts: store.count("account WHERE source = 'to'"),
      },
      { what: "Created by the move", accounts: store.count("made WHERE found = 0") },
      { what: "Still to create", accounts: waiting.size },
      { what: "In the new pool before the move", accounts: times.present + store.count("made WHERE found = 1") },
      { what: "Merged into another account", accounts: times.merged },
      { what: "Created, and not invited: Cognito could not send it", accounts: uninvited },
      { what: "Left out by decision", accounts: times.leftOut },
      { what: "Without a decision", accounts: times.undecided },
      ...[...skipped].map(([reason, accounts]) => ({ what: `Not moved: ${reason}`, accounts })),
    ],
    groups,
    groupsInAll,
    failures: failed.slice(0, SHOWN),
    failuresInAll: failed.length,
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
