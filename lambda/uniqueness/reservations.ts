import { AwsError } from "../aws/client";
import { type Account, IDENTIFIERS, type IdentifierName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import {
  attemptOf,
  IN_FLIGHT,
  inFlight,
  migrationOf,
  type Reservation,
  reservationKey,
  type Version,
} from "../identity/reservation";
import { type Directory, spellingFilters } from "./directory";
import type { ReservationsTable } from "./table";
import type { Claim, Uniqueness } from "./uniqueness";
import type { Wanted } from "./wanted";

export interface ReservationsConfig {
  readonly table: ReservationsTable;
  readonly directory: Directory;
  /** Milliseconds since 1970, by the servers' clock. */
  readonly now: () => number;
  /** For whom identifiers are reserved. @default sign-up */
  readonly reserveFor?: "sign-up" | "migration" | undefined;
}

/** Milliseconds kept back for taking back what a refused sign-up reserved. */
const RELEASE = 400;
/** Milliseconds to wait, at the most, for somebody else's transaction to end. */
const PAUSE = 60;

/**
 * Uniqueness by reserving first: of any number of sign-ups that want an identifier at the same moment, in whatever case,
 * one transaction succeeds. The e-mail address is looked up at the same time, for accounts that are older than the table
 * and for addresses that were changed since (usernames cannot change, and the pool itself keeps them unique).
 *
 * Nothing has to clean up: a reservation whose sign-up came to nothing is taken over by the next one that wants it.
 */
export function byReservation({ table, directory, now, reserveFor = "sign-up" }: ReservationsConfig): Uniqueness {
  return {
    async claim(signUp, wanted, deadline) {
      const workUntil = deadline - RELEASE;
      const written = new Map<string, Reservation>();
      const looking = wanted.includes("email") ? ownersOfEmail(signUp, workUntil) : Promise.resolve([]);
      // Who is refused by a reservation does not wait for the look-up's answer, nor for its failure.
      looking.catch(() => {});
      let claim: Claim;
      let owners: readonly Account[];
      try {
        claim = await reserve(signUp, wanted, written, workUntil);
        if (claim.taken) return claim;
        owners = await looking;
      } catch (error) {
        await release(written, deadline);
        throw error;
      }
      if (owners.length === 0) return claim;
      await release(written, deadline);
      // The account that has the address may be the very one that is signed up again.
      const same = owners.some(({ username }) => canonicalUsername(username) === signUp.username.canonical);
      return { taken: same && wanted.includes("username") ? "username" : "email" };
    },
  };

  function ownersOfEmail({ userPoolId, email }: Wanted, deadline: number) {
    return directory.owners(userPoolId, "email", email.canonical, spellingFilters("email", email), deadline);
  }

  /**
   * Puts a reservation under every key, or none. `written` holds at any time what may have been written under keys that
   * this sign-up did not have before: what has to be taken back if it is refused after all.
   */
  async function reserve(
    signUp: Wanted,
    wanted: readonly IdentifierName[],
    written: Map<string, Reservation>,
    deadline: number,
  ): Promise<Claim> {
    const migration = migrationOf(signUp.username.canonical, signUp.email.canonical);
    const attempt = reserveFor === "migration" ? migration : attemptOf(signUp.username.typed, signUp.email.typed);
    /**
     * This very sign-up, asked again; or this very account on its way here from another pool, announced before by the
     * other trigger. Its reservation stays the migration's, so that either trigger may be called once more.
     */
    const isSame = (holder: Version | undefined): holder is Version =>
      holder?.attempt === attempt || (holder?.attempt === migration && inFlight(holder, now()));
    const keys = new Map(wanted.map((name) => [name, reservationKey(name, signUp[name].canonical)]));
    /** What stood under a key before this call, and what stands there now as far as is known. */
    const before = new Map<string, Version | undefined>();
    const current = new Map<string, Version | undefined>();
    const ours = new Set<number>();
    for (;;) {
      if (Date.now() >= deadline) throw new AwsError("Contended", false);
      const reservedAt = now();
      ours.add(reservedAt);
      const puts = [...keys.values()].map((key) => {
        const replaces = current.get(key);
        const { typed: username } = signUp.username;
        const { typed: email } = signUp.email;
        return {
          reservation: { key, username, email, attempt: isSame(replaces) ? replaces.attempt : attempt, reservedAt },
          replaces,
        };
      });
      for (const { reservation } of puts) {
        if (!isSame(before.get(reservation.key))) written.set(reservation.key, reservation);
      }
      const result = await table.put(puts, deadline);
      if (result.done) {
        if (Math.abs(now() - reservedAt) < IN_FLIGHT / 2) {
          return { takenOver: [...written.keys()].filter((key) => before.get(key)).length };
        }
        // The answer has shown that this machine's clock is wrong: once more, with the time that the others have.
        for (const { reservation } of puts) current.set(reservation.key, reservation);
        continue;
      }
      written.clear();

      for (const name of IDENTIFIERS) {
        const key = keys.get(name);
        if (key === undefined || !result.found.has(key)) continue;
        const holder = result.found.get(key);
        // Its reservation is made anew, so that it is in flight again.
        const same = isSame(holder);
        if (holder && !same && (await isHeld(name, holder, signUp, deadline))) return { taken: name };
        current.set(key, holder);
        // An answer that was lost and asked for again finds what this call has written itself.
        if (!(same && ours.has(holder.reservedAt))) before.set(key, holder);
      }
      if (result.busy) await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
    }
  }

  /** Whether somebody else's reservation stands for a sign-up under way, or for an account that owns the identifier. */
  async function isHeld(name: IdentifierName, holder: Reservation, signUp: Wanted, deadline: number): Promise<boolean> {
    if (inFlight(holder, now())) return true;
    const { canonical } = signUp[name];
    const filters = [...spellingFilters(name, signUp[name]), usersFilter(name, holder[name])];
    if (name === "email") {
      // The account itself, in case its address is spelled in yet another way by now.
      const username = { typed: holder.username, canonical: canonicalUsername(holder.username) };
      filters.push(...spellingFilters("username", username));
    }
    const askable = filters.filter((filter) => filter.length <= LONGEST_FILTER);
    const owners = await directory.owners(signUp.userPoolId, name, canonical, askable, deadline);
    return owners.length > 0;
  }

  /** Takes back what this call wrote. Should it fail, the next sign-up that wants it finds it unused. */
  async function release(written: ReadonlyMap<string, Reservation>, deadline: number): Promise<void> {
    await Promise.allSettled([...written].map(([key, reservation]) => table.remove(key, reservation, deadline)));
  }
}
