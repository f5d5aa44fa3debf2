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
  /** An operator has switched it off: it keeps its identifiers, but nobody signs in with it. */
  readonly disabled?: boolean;
}

/** Whether an account has an identifier, and keeps it from others. Times are in milliseconds. */
export function owns(
  { username, email, status, createdAt }: Account,
  name: IdentifierName,
  canonical: string,
  unconfirmedHold: number,
  now: number,
): boolean {
  if (name === "username") return canonicalUsername(username) === canonical;
  if (email === undefined || canonicalEmail(email) !== canonical) return false;
  // Who never confirms keeps an address for a while only: otherwise anybody could block anybody else's.
  return status !== "UNCONFIRMED" || createdAt === undefined || now - createdAt < unconfirmedHold;
}
