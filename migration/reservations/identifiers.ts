import { type Account, IDENTIFIERS, type IdentifierName, owns } from "../../lambda/identity/account";
import { canonicalEmail, canonicalUsername } from "../../lambda/identity/canonical";
import { usersFilter } from "../../lambda/identity/filter";
import { attemptOf, type Reservation, reservationKey } from "../../lambda/identity/reservation";
import { spellingsToAsk } from "../../lambda/identity/spellings";
import type { Pool } from "../pool";

/** An identifier that an account owns. */
export interface Owned {
  readonly account: Account;
  readonly name: IdentifierName;
  readonly canonical: string;
  readonly key: string;
}

/** An identifier that several accounts own: these are duplicate accounts. */
export interface Collision {
  readonly name: IdentifierName;
  readonly canonical: string;
  readonly usernames: readonly string[];
}

/** The identifiers that an account owns. An address past its hold is not among them. */
export function ownedBy(account: Account, unconfirmedHold: number, now: number): Owned[] {
  return IDENTIFIERS.flatMap((name) => {
    const typed = account[name];
    if (typed === undefined) return [];
    const canonical = name === "username" ? canonicalUsername(typed) : canonicalEmail(typed);
    if (!owns(account, name, canonical, unconfirmedHold, now)) return [];
    return [{ account, name, canonical, key: reservationKey(name, canonical) }];
  });
}

/** The reservation that the account's own sign-up would have made. */
export function reservationFor({ account, key }: Owned): Reservation {
  const { username, email = "", createdAt = 0 } = account;
  return { key, username, email, attempt: attemptOf(username, email), reservedAt: createdAt };
}

/**
 * Whether a reservation may be the account's own. Usernames are compared in canonical form, because Cognito may store them in
 * another letter case than the typed one. In a case-sensitive pool only {@link ownersOf} can decide.
 */
export function isSameAccount({ username }: Pick<Account, "username">, other: Pick<Account, "username">): boolean {
  return canonicalUsername(username) === canonicalUsername(other.username);
}

/** The accounts that own an identifier which is reserved for another account. */
export async function ownersOf(
  pool: Pool,
  { account, name, canonical }: Owned,
  holder: Reservation,
  unconfirmedHold: number,
  now: number,
): Promise<Account[]> {
  const spellings = [...spellingsToAsk(name, { typed: account[name] ?? canonical, canonical }), holder[name]];
  const filters = spellings.filter(Boolean).map((spelling) => usersFilter(name, spelling));
  const holders = [holder.username, canonicalUsername(holder.username)].map((name) => usersFilter("username", name));
  const found = await pool.find([...filters, ...holders]);
  const others = found.filter((other) => owns(other, name, canonical, unconfirmedHold, now));
  return [account, ...others.filter((other) => other.username !== account.username)];
}
