import { canonicalEmail, canonicalUsername } from "./canonical";
import { canonicalPhone } from "./phone";

/** The identifiers that may be unique, by their names in Cognito, in the order in which a refusal names them. */
export const IDENTIFIERS = ["username", "email", "phone_number", "preferred_username"] as const;
export type IdentifierName = (typeof IDENTIFIERS)[number];

/**
 * The identifiers that have a reservation. A preferred username has none: Cognito takes one only after the sign-up, when no trigger
 * runs. Other accounts' preferred usernames are looked up instead.
 */
export const RESERVED = ["username", "email", "phone_number"] as const;
export type ReservedName = (typeof RESERVED)[number];

export const isReserved = (name: IdentifierName): name is ReservedName => name !== "preferred_username";

/**
 * The identifiers that a user pool keeps unique: those that users sign in with. An `optional` one is unique where an account has it.
 * A preferred username is always optional.
 */
export type Identifiers = Readonly<Partial<Record<IdentifierName, "required" | "optional">>>;

/** Users sign in with their username or their e-mail address. */
export const DEFAULT_IDENTIFIERS: Identifiers = { username: "required", email: "required" };

/** The fields of an account that matter for its identifiers. */
export interface Account {
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  readonly phone_number?: string | undefined;
  readonly phoneVerified?: boolean;
  readonly preferred_username?: string | undefined;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, … */
  readonly status: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  /** An operator has disabled it. It keeps its identifiers, but cannot sign in. */
  readonly disabled?: boolean;
}

/** The canonical form of an identifier. Total: never throws. */
export function canonicalOf(name: IdentifierName, typed: string): string {
  if (name === "email") return canonicalEmail(typed);
  return name === "phone_number" ? canonicalPhone(typed) : canonicalUsername(typed);
}

/** Whether an account has an identifier and holds it, so that no other account can get it. Times are in milliseconds. */
export function owns(
  account: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  // An unconfirmed account holds an address or a number for a limited time: otherwise any caller could block any of them.
  return has(account, name, canonical) && !(isProved(name) && isPastHold(account, unconfirmedHold, now));
}

/**
 * Whether an account has an e-mail address or a phone number, is unconfirmed, and is past its hold. It must be deleted before
 * another account gets it, because it could still be confirmed. A disabled account is an operator's decision and is not deleted.
 */
export function isExpired(
  account: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  return (
    isProved(name) && !account.disabled && has(account, name, canonical) && isPastHold(account, unconfirmedHold, now)
  );
}

/** Whether an account proves that it has the identifier, by a code that is sent there. */
export function isProved(name: IdentifierName): boolean {
  return name === "email" || name === "phone_number";
}

function has(account: Account, name: IdentifierName, canonical: string): boolean {
  const typed = account[name];
  return typed !== undefined && canonicalOf(name, typed) === canonical;
}

function isPastHold({ status, createdAt }: Account, unconfirmedHold: number, now: number): boolean {
  return status === "UNCONFIRMED" && createdAt !== undefined && now - createdAt >= unconfirmedHold;
}
