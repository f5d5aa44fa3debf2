import {
  type Account,
  canonicalOf,
  DEFAULT_IDENTIFIERS,
  type Identifiers,
  owns,
  RESERVED,
  type ReservedName,
} from "../../lambda/identity/account";
import { canonicalUsername } from "../../lambda/identity/canonical";
import { usersFilter } from "../../lambda/identity/filter";
import { attemptOf, type Reservation, reservationKey } from "../../lambda/identity/reservation";
import { spellingsToAsk } from "../../lambda/identity/spellings";
import type { Directory } from "../pool/directory";
import { isVerified, type User } from "../pool/user";

/** An identifier that an account owns. */
export interface Owned {
  readonly account: Account;
  readonly name: ReservedName;
  readonly canonical: string;
  readonly key: string;
}

/** An identifier that several accounts own: these are duplicate accounts. */
export interface Collision {
  readonly name: ReservedName;
  readonly canonical: string;
  readonly usernames: readonly string[];
}

/** An account of the pool, as the function knows one. */
export function accountOf(user: User): Account {
  const { email, phone_number, phone_number_verified, preferred_username } = user.attributes;
  return {
    username: user.username,
    email,
    emailVerified: isVerified(user),
    phone_number,
    phoneVerified: phone_number_verified === "true",
    preferred_username,
    status: user.status,
    createdAt: user.created ? Date.parse(user.created) : undefined,
  };
}

/** The identifiers of an account that its pool keeps unique by reservations, in canonical form. */
export function reservedOf(account: Account, identifiers: Identifiers = DEFAULT_IDENTIFIERS) {
  return RESERVED.flatMap((name) => {
    const typed = account[name];
    if (typed === undefined || !identifiers[name]) return [];
    const canonical = canonicalOf(name, typed);
    return [{ name, canonical, key: reservationKey(name, canonical) }];
  });
}

/** The identifiers that an account owns. An address or a phone number past its hold is not among them. */
export function ownedBy(
  account: Account,
  unconfirmedHold: number,
  now: number,
  identifiers: Identifiers = DEFAULT_IDENTIFIERS,
): Owned[] {
  return reservedOf(account, identifiers).flatMap(({ name, canonical, key }) => {
    if (!owns(account, name, canonical, unconfirmedHold, now)) return [];
    return [{ account: onlyKept(account, identifiers), name, canonical, key }];
  });
}

/** An account without what its pool does not keep unique: a reservation does not have that. */
function onlyKept(account: Account, { email, phone_number }: Identifiers): Account {
  return {
    ...account,
    ...(!email && { email: undefined }),
    ...(!phone_number && { phone_number: undefined }),
  };
}

/** The reservation that the account's own sign-up would have made. */
export function reservationFor({ account, key }: Owned): Reservation {
  const { username, email = "", phone_number, createdAt = 0 } = account;
  const attempt = attemptOf(username, email, phone_number);
  return { key, username, email, phone_number, attempt, reservedAt: createdAt };
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
  pool: Pick<Directory, "find">,
  { account, name, canonical }: Owned,
  holder: Reservation,
  unconfirmedHold: number,
  now: number,
): Promise<Account[]> {
  const spellings = [...spellingsToAsk(name, { typed: account[name] ?? canonical, canonical }), holder[name] ?? ""];
  const filters = spellings.filter(Boolean).map((spelling) => usersFilter(name, spelling));
  const holders = [holder.username, canonicalUsername(holder.username)].map((name) => usersFilter("username", name));
  const found = await pool.find([...filters, ...holders]);
  const others = found.map(accountOf).filter((other) => owns(other, name, canonical, unconfirmedHold, now));
  return [account, ...others.filter((other) => other.username !== account.username)];
}
