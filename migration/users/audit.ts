import { groupsOf, identifiersOf, SHARED_NAMES, type SharedName, type Source } from "./groups";
import type { User } from "./user";

/** A group of duplicate accounts of a pool. */
export interface DuplicateAccounts {
  /** The canonical identifiers that they share. Each account shares one or more of them, not necessarily all. */
  readonly because: ReadonlyArray<{ readonly name: SharedName; readonly canonical: string }>;
  readonly users: readonly User[];
}

export interface AuditReport {
  accounts: number;
  groups: number;
  /** Accounts in groups. */
  grouped: number;
  /** Groups by the identifiers that their accounts share. */
  readonly kinds: Record<"username" | "email" | "username and email", number>;
}

export interface AuditOptions {
  readonly source: Source;
  /** An empty folder for its files; see {@link groupsOf}. */
  readonly scratch: string;
  readonly onAccount: (done: number) => void;
  readonly onGroup: (group: DuplicateAccounts) => void | Promise<void>;
}

/** Finds duplicate accounts in a pool of any size. */
export async function audit({ source, scratch, onAccount, onGroup }: AuditOptions): Promise<AuditReport> {
  const report: AuditReport = {
    accounts: 0,
    groups: 0,
    grouped: 0,
    kinds: { username: 0, email: 0, "username and email": 0 },
  };
  for await (const members of groupsOf([source], scratch, onAccount)) {
    report.accounts += members.length;
    if (members.length === 1) continue;
    const users = members.map(({ user }) => user);
    const because = shared(users);
    report.groups++;
    report.grouped += members.length;
    report.kinds[kindOf(because)]++;
    await onGroup({ because, users });
  }
  return report;
}

/** The identifiers that more than one of these accounts has. */
export function shared(users: readonly User[]): DuplicateAccounts["because"] {
  const counts = new Map<string, { name: SharedName; canonical: string; times: number }>();
  for (const user of users) {
    for (const [name, canonical] of identifiersOf(user)) {
      const key = `${name}#${canonical}`;
      counts.set(key, { name, canonical, times: (counts.get(key)?.times ?? 0) + 1 });
    }
  }
  return [...counts.values()]
    .filter(({ times }) => times > 1)
    .sort((a, b) => SHARED_NAMES.indexOf(a.name) - SHARED_NAMES.indexOf(b.name))
    .map(({ name, canonical }) => ({ name, canonical }));
}

export function kindOf(because: DuplicateAccounts["because"]): keyof AuditReport["kinds"] {
  const names = SHARED_NAMES.filter((name) => because.some((identifier) => identifier.name === name));
  return names.length > 1 ? "username and email" : (names[0] ?? "username");
}
