import { AwsError } from "../aws/client";
import type { Account, IdentifierName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import { IN_FLIGHT, inFlight, type Reservation, reservationKey, type Version } from "../identity/reservation";
import type { Attempt } from "./attempt";
import { spellingFilters } from "./directory";
import { clearExpired, type ExpiredConfig } from "./expired";
import type { ReservationsTable } from "./table";

export interface HolderConfig extends ExpiredConfig {
  readonly table: ReservationsTable;
  /** Milliseconds since 1970, by the servers' clock. */
  readonly now: () => number;
}

/** What stands in the way of a sign-up: another sign-up's reservation, or an account that never confirmed. */
export interface Holders {
  /** Whether a reservation stands: for a sign-up under way, or for an account that owns the identifier. */
  isHeld(name: IdentifierName, holder: Reservation, attempt: Attempt, deadline: number): Promise<boolean>;
  /** Deletes accounts that had the address and are past their hold. */
  clear(expired: readonly Account[], attempt: Attempt, deadline: number): Promise<{ readonly owned: boolean }>;
}

/** Times that a lock is tried for. */
const TRIES = 3;

export function holders({ table, directory, accounts, now }: HolderConfig): Holders {
  return { isHeld, clear };

  async function isHeld(name: IdentifierName, holder: Reservation, attempt: Attempt, deadline: number) {
    const { signUp } = attempt;
    const { userPoolId } = signUp;
    if (inFlight(holder, now()) && !(name === "email" && (await isHopeless(holder, attempt, deadline)))) return true;
    const filters = [...spellingFilters(name, signUp[name]), usersFilter(name, holder[name])];
    // The account itself, in case its address is spelled in yet another way by now.
    if (name === "email") filters.push(...usernameFilters(holder));
    const askable = filters.filter((filter) => filter.length <= LONGEST_FILTER);
    const { canonical } = signUp[name];
    const found = await directory.holders(userPoolId, name, canonical, askable, deadline);
    if (found.owners.length > 0) return true;
    // Before the reservation is replaced, which alone says how these accounts spell the address.
    const { owned } = await clear(found.expired, attempt, deadline);
    if (found.incomplete) throw found.incomplete;
    return owned;
  }

  async function clear(expired: readonly Account[], attempt: Attempt, deadline: number) {
    const { signUp } = attempt;
    const lock = (account: Account) => lockUsername(account, attempt, deadline);
    const { owned, deleted, kept } = await clearExpired({ accounts, directory }, expired, { signUp, deadline, lock });
    attempt.deleted += deleted;
    attempt.kept += kept;
    return { owned };
  }

  /**
   * Whether the sign-up of a reservation cannot succeed, because an older account has its username: one that is older
   * than the table, and so has no reservation. Cognito refuses that sign-up, and its address is free at once.
   */
  async function isHopeless(holder: Reservation, { signUp }: Attempt, deadline: number): Promise<boolean> {
    const { userPoolId } = signUp;
    // One past its hold stands as well: as long as that sign-up is under way, its username cannot be locked to delete it.
    const stands = ({ username, email, createdAt = now() }: Account) =>
      isSameToCognito(username, holder.username) && createdAt < holder.reservedAt - IN_FLIGHT && email !== holder.email;
    try {
      const older = (await directory.find(userPoolId, usernameFilters(holder), deadline)).find(stands);
      // ListUsers may be behind: an account that is deleted does not stand in that sign-up's way.
      const current = older && (await accounts.read(userPoolId, older.username, deadline));
      return current !== undefined && stands(current);
    } catch {
      // What is not known is refused like any other sign-up that meets one under way.
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

/** Whether two usernames are one to Cognito for certain: the same but for the letter case of ASCII. */
function isSameToCognito(a: string, b: string): boolean {
  const lower = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return lower(a) === lower(b);
}
