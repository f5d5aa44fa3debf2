import { canonicalEmail, canonicalUsername } from "./canonical";

/** The identifiers that must be unique, in the order in which a refusal names them. */
export const IDENTIFIERS = ["username", "email"] as const;
export type IdentifierName = (typeof IDENTIFIERS)[number];

/** The fields of an account that matter for its identifiers. */
export interface Account {
  readonly username: string;
  readonly email: string | undefined;
  readonly emailVerified: boolean;
  /** UNCONFIRMED, CONFIRMED, FORCE_CHANGE_PASSWORD, EXTERNAL_PROVIDER, … */
  readonly status: string | undefined;
  /** Milliseconds since 1970. */
  readonly createdAt: number | undefined;
  /** An operator has disabled it. It keeps its identifiers, but cannot sign in. */
  readonly disabled?: boolean;
}

/** Whether an account has an identifier and holds it, so that no other account can get it. Times are in milliseconds. */
export function owns(
  account: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  if (name === "username") return canonicalUsername(account.username) === canonical;
  // An unconfirmed account holds an address for a limited time: otherwise any caller could block any address.
  return hasEmail(account, canonical) && !isPastHold(account, unconfirmedHold, now);
}

/**
 * Whether an account has an e-mail address, is unconfirmed, and is past its hold. It must be deleted before another account
 * gets the address, because it could still be confirmed. A disabled account is an operator's decision and is not deleted.
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
