import { setImmediate } from "node:timers/promises";
import type { User } from "../pool/user";
import { type Accounts, identifiersOf, SHARED_NAMES, type SharedName, type Source } from "./accounts";

/** A group of duplicate accounts of a pool. */
export interface DuplicateAccounts {
  /** The canonical identifiers that they share. Each account shares one or more of them, not necessarily all. */
  readonly because: ReadonlyArray<{ readonly name: SharedName; readonly canonical: string }>;
  readonly users: readonly User[];
}

export interface AuditReport {
  readonly accounts: number;
  readonly groups: number;
  /** Accounts in groups. */
  readonly grouped: number;
  /** Groups by the identifiers that their accounts share. */
  readonly kinds: Record<"username" | "email" | "username and email", number>;
}

/** Groups between which the event loop has a turn: signals are handled, and the binding's values are freed. */
const GROUPS_AT_ONCE = 1000;

/** Finds the duplicate accounts of a pool, or of a file, that was read into a store. */
export async function audit(
  accounts: Accounts,
  source: Source,
  onGroup: (group: DuplicateAccounts) => void,
): Promise<AuditReport> {
  const kinds = { username: 0, email: 0, "username and email": 0 };
  let [groups, grouped] = [0, 0];
  for (const members of accounts.compare(source).groups()) {
    const users = members.map(({ user }) => user);
    const because = shared(users);
    if (++groups % GROUPS_AT_ONCE === 0) await setImmediate();
    grouped += users.length;
    kinds[kindOf(because)]++;
    onGroup({ because, users });
  }
  return { accounts: accounts.count(source), groups, grouped, kinds };
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
