import type { PoolDescription } from "../pool/directory";
import { isVerified, type User } from "../pool/user";
import type { Accounts, Group } from "./accounts";
import { type DuplicateAccounts, shared } from "./audit";
import {
  type Carried,
  type CarryOptions,
  carriedOver,
  hindrance,
  inactiveReason,
  isSameUser,
  refusedName,
} from "./carry";

/** The details by which an operator recognizes an account. */
export interface AccountSummary {
  readonly sub: string;
  readonly username: string;
  readonly email: string;
  readonly verified: boolean;
  readonly status: string;
  readonly created: string;
  readonly modified: string;
}

/** An account of the old pool that needs a decision of the operator. */
export interface Candidate extends AccountSummary {
  readonly carried: Carried;
  /** Why it cannot be kept. */
  readonly hindrance?: string;
}

/** Duplicate accounts, or an account with an invalid spelling or with an identifier of another account of the new pool. */
export interface Conflict {
  readonly action: "conflict";
  readonly because: string;
  readonly accounts: readonly Candidate[];
  /** Accounts of the new pool that have one of their identifiers. */
  readonly taken: readonly AccountSummary[];
  /** Aliases of the new pool that a username may not look like. */
  readonly aliases?: readonly string[];
}

/** The planned action for an account, or for several that need a decision together. */
export type PlanLine =
  | { readonly action: "invite"; readonly sub: string; readonly carried: Carried }
  | { readonly action: "present"; readonly sub: string; readonly username: string; readonly newSub: string }
  | { readonly action: "skip"; readonly sub: string; readonly username: string; readonly reason: string }
  | Conflict;

export interface PlanOptions extends CarryOptions {
  /** Those of the old pool ("from") and of the new one ("to"). */
  readonly accounts: Accounts;
  readonly target: PoolDescription;
  /** Groups of the old pool by the username of their members. */
  readonly memberships: ReadonlyMap<string, readonly string[]>;
  /** Accounts that an earlier move has created: old id → new id. */
  readonly made: ReadonlyMap<string, string>;
  /** Those of them that were never invited: their old ids. @default none */
  readonly uninvited?: ReadonlySet<string>;
}

export interface Planned {
  readonly lines: readonly PlanLine[];
  /** Attributes that cannot be carried over, of accounts that would be created. */
  readonly lost: readonly string[];
}

/** Plans the action for every account of the old pool, a group at a time. The accounts are compared before this returns. */
export function plan(options: PlanOptions): Generator<Planned> {
  return planned(options.accounts.compare("from", "to"), options);
}

function* planned(compared: ReturnType<Accounts["compare"]>, options: PlanOptions): Generator<Planned> {
  const ours = new Set(options.made.values());
  for (const account of compared.single()) if (account.source === "from") yield planGroup([account], options);
  for (const group of compared.groups()) {
    // An account that a move has created does not conflict with its old account.
    const others = group.filter(({ source, user }) => source === "from" || !ours.has(user.sub));
    const { lines, lost } = planGroup(others, options);
    if (lines.length > 0) yield { lines, lost };
  }
}

function planGroup(group: Group, options: PlanOptions): Planned {
  const old = group.filter(({ source }) => source === "from").map(({ user }) => user);
  const taken = group.filter(({ source }) => source === "to").map(({ user }) => user);
  const movable = old.filter((user) => inactiveReason(user) === undefined);
  const inactive = old.flatMap((user): PlanLine[] => {
    const reason = inactiveReason(user);
    return reason === undefined ? [] : [{ action: "skip", sub: user.sub, username: user.username, reason }];
  });
  const [only, ...more] = movable;
  if (only === undefined) return { lines: inactive, lost: [] };
  const { line, lost } = more.length === 0 ? planOne(only, taken, options) : conflict(movable, taken, options);
  return { lines: [...inactive, line], lost };
}

interface PlannedLine {
  readonly line: PlanLine;
  readonly lost: readonly string[];
}

function planOne(user: User, taken: readonly User[], options: PlanOptions): PlannedLine {
  const { target, made, memberships } = options;
  const { sub, username } = user;
  const newSub = made.get(sub);
  // Of an account that was never invited, `move` has the invitation to send.
  if (newSub !== undefined && options.uninvited?.has(sub) !== true)
    return { line: { action: "present", sub, username, newSub }, lost: [] };
  const reason = hindrance(user, target);
  if (reason !== undefined) return { line: { action: "skip", sub, username, reason }, lost: [] };
  const { carried, lost } = carriedOver(user, memberships.get(username) ?? [], target, options);
  const [there, ...others] = taken;
  if (there && others.length === 0 && isSameUser(carried, there, target)) {
    return { line: { action: "present", sub, username, newSub: there.sub }, lost: [] };
  }
  if (there || refusedName(carried.username, carried.attributes.email, aliasesOf(target)))
    return conflict([user], taken, options);
  return { line: { action: "invite", sub, carried }, lost };
}

function conflict(old: readonly User[], taken: readonly User[], options: PlanOptions): PlannedLine {
  const { target, memberships } = options;
  const lost: string[] = [];
  const accounts = old.map((user): Candidate => {
    const over = carriedOver(user, memberships.get(user.username) ?? [], target, options);
    lost.push(...over.lost);
    const reason = hindrance(user, target);
    return { ...summaryOf(user), carried: over.carried, ...(reason === undefined ? {} : { hindrance: reason }) };
  });
  const because = reasonFor(old, taken, target);
  return {
    line: { action: "conflict", because, accounts, taken: taken.map(summaryOf), aliases: aliasesOf(target) },
    lost,
  };
}

/** The aliases that a username may not look like: none where the e-mail address is the username. */
function aliasesOf({ usernames, aliases }: PoolDescription): readonly string[] {
  return usernames === "own" ? aliases : [];
}

function reasonFor(old: readonly User[], taken: readonly User[], target: PoolDescription): string {
  const [only] = old;
  if (old.length === 1 && taken.length === 0 && only) {
    return refusedName(carriedOver(only, [], target).carried.username, only.attributes.email, aliasesOf(target)) ?? "";
  }
  return inWords(shared([...old, ...taken]));
}

/** "same username ana, same e-mail address ana@example.com" */
function inWords(because: DuplicateAccounts["because"]): string {
  const words = { username: "same username", email: "same e-mail address" } as const;
  return because.map(({ name, canonical }) => `${words[name]} ${canonical}`).join(", ");
}

function summaryOf(user: User): AccountSummary {
  const { sub, username, status, enabled, created, modified } = user;
  const email = user.attributes.email ?? "";
  return {
    sub,
    username,
    email,
    verified: isVerified(user),
    status: enabled ? status : `${status}, disabled`,
    created,
    modified,
  };
}
