import { canonicalEmail, canonicalUsername } from "./canonical";

/** What must be unique, in the order in which a refusal names it. */
export const IDENTIFIERS = ["username", "email"] as const;
export type IdentifierName = (typeof IDENTIFIERS)[number];

/** An account of a user pool, as far as its identifiers are concerned. */
export interface Account {
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, … */
  readonly status: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  /** An operator has disabled it: it keeps its identifiers, but cannot sign in. */
  readonly disabled?: boolean;
}

/** Whether an account has an identifier, and keeps it from others. Times are in milliseconds. */
export function owns(
  account: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  if (name === "username") return canonicalUsername(account.username) === canonical;
  // An account that never confirms keeps an address for a while only: otherwise any caller could block any address.
  return hasEmail(account, canonical) && !isPastHold(account, unconfirmedHold, now);
}

/**
 * Whether an account has an e-mail address, never confirmed it, and has lost it because its hold is over. It has to go
 * before another account gets the address: it could still be confirmed. A disabled account is an operator's decision.
 */
export function isExpired(account: Account, canonical: string, unconfirmedHold: number, now: number): boolean {
  return !account.disabled && hasEmail(account, canonical) && isPastHold(account, unconfirmedHold, now);
}

function hasEmail({ email }: Account, canonical: string): boolean {
  return email !== undefined && canonicalEmail(email) === canonical;
}

function isPastHold({ status, createdAt }: Account, unconfirmedHold: number, now: number): boolean {
  return status === "UNCONFIRMED" && createdAt !== undefined && now - createdAt >= unconfirmedHold;
}
