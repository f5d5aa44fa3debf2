import { AwsError } from "../aws/client";
import { type Account, type IdentifierName, isProved, type ReservedName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import { IN_FLIGHT, inFlight, type Reservation, reservationKey, type Version } from "../identity/reservation";
import type { Attempt } from "./attempt";
import { spellingFilters } from "./directory";
import { clearExpired, type ExpiredConfig } from "./expired";
import type { ReservationsTable } from "./table";
import { identifierOf } from "./wanted";

export interface HolderConfig extends ExpiredConfig {
  readonly table: ReservationsTable;
  /** Milliseconds since 1970, by the servers' clock. */
  readonly now: () => number;
}

/** Decides about the holders of an identifier: reservations of other sign-ups, and expired accounts. */
export interface Holders {
  /** Whether a reservation is valid: its sign-up is in flight, or an account owns the identifier. */
  isHeld(name: ReservedName, holder: Reservation, attempt: Attempt, deadline: number): Promise<boolean>;
  /** Deletes unconfirmed accounts that have the identifier and are past their hold. */
  clear(
    name: IdentifierName,
    expired: readonly Account[],
    attempt: Attempt,
    deadline: number,
  ): Promise<{ readonly owned: boolean }>;
}

/** Attempts to get a lock. */
const TRIES = 3;

export function holders({ table, directory, accounts, now }: HolderConfig): Holders {
  return { isHeld, clear };

  async function isHeld(name: ReservedName, holder: Reservation, attempt: Attempt, deadline: number) {
    const { signUp } = attempt;
    const { userPoolId } = signUp;
    if (inFlight(holder, now()) && !(isProved(name) && (await isHopeless(name, holder, attempt, deadline))))
      return true;
    const identifier = identifierOf(signUp, name);
    const { canonical } = identifier;
    const filters = [...spellingFilters(name, identifier), usersFilter(name, holder[name] ?? canonical)];
    // The account itself is looked up too, in case its address has another spelling by now.
    if (isProved(name)) filters.push(...usernameFilters(holder));
    const askable = filters.filter((filter) => filter.length <= LONGEST_FILTER);
    const found = await directory.holders(userPoolId, name, canonical, askable, deadline);
    if (found.owners.length > 0) return true;
    // Before the reservation is replaced, because only the reservation has these accounts' spelling of the address.
    const { owned } = await clear(name, found.expired, attempt, deadline);
    if (found.incomplete) throw found.incomplete;
    return owned;
  }

  async function clear(name: IdentifierName, expired: readonly Account[], attempt: Attempt, deadline: number) {
    const { signUp } = attempt;
    const lock = (account: Account) => lockUsername(account, attempt, deadline);
    const clearing = { signUp, deadline, lock };
    const { owned, deleted, kept } = await clearExpired({ accounts, directory }, name, expired, clearing);
    attempt.deleted += deleted;
    attempt.kept += kept;
    return { owned };
  }

  /**
   * Whether the sign-up of a reservation cannot succeed, because an account older than the table has its username. Such an
   * account has no reservation. Cognito refuses that sign-up, so its address is free at once.
   */
  async function isHopeless(
    name: ReservedName,
    holder: Reservation,
    { signUp }: Attempt,
    deadline: number,
  ): Promise<boolean> {
    const { userPoolId } = signUp;
    // An account past its hold counts too: while that sign-up is in flight, the username cannot be locked for the deletion.
    const stands = (account: Account) =>
      isSameToCognito(account.username, holder.username) &&
      (account.createdAt ?? now()) < holder.reservedAt - IN_FLIGHT &&
      account[name] !== holder[name];
    try {
      const older = (await directory.find(userPoolId, usernameFilters(holder), deadline)).find(stands);
      // ListUsers may be behind: a deleted account does not block that sign-up.
      const current = older && (await accounts.read(userPoolId, older.username, deadline));
      return current !== undefined && stands(current);
    } catch {
      // Unknown: the sign-up is refused, as for any reservation in flight.
      return false;
    }
  }

  async function lockUsername(account: Account, attempt: Attempt, deadline: number): Promise<void> {
    const key = reservationKey("username", canonicalUsername(account.username));
    let replaces: Version | undefined;
    for (let tried = 0; tried < TRIES; tried++) {
      const result = await table.put([{ reservation: attempt.lock(key, account), replaces }], deadline);
      if (result.done) return;
      const holder = result.found.get(key);
      if (attempt.isOwn(holder)) return;
      if (holder && !attempt.isSame(holder) && inFlight(holder, now())) break;
      replaces = holder;
    }
    throw new AwsError("Contended", false);
  }
}

function usernameFilters({ username }: Reservation): string[] {
  return spellingFilters("username", { typed: username, canonical: canonicalUsername(username) }).filter(
    (filter) => filter.length <= LONGEST_FILTER,
  );
}

/** Whether two usernames are certainly equal for Cognito: they differ in the letter case of ASCII letters only. */
function isSameToCognito(a: string, b: string): boolean {
  const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower(a) === lower(b);
}
