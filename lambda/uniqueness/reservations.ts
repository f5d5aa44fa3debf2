import { AwsError } from "../aws/client";
import { IDENTIFIERS, type IdentifierName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import { type Reservation, reservationKey, type Version } from "../identity/reservation";
import { Attempt, type ReserveFor } from "./attempt";
import { type Holders as Found, spellingFilters } from "./directory";
import { type HolderConfig, holders } from "./holder";
import { type Claim, counts, type Uniqueness } from "./uniqueness";
import type { Wanted } from "./wanted";

export interface ReservationsConfig extends HolderConfig {
  /** @default sign-up */
  readonly reserveFor?: ReserveFor | undefined;
}

/** Milliseconds kept back for taking back what a refused sign-up reserved. */
const RELEASE = 400;
/** Milliseconds to wait, at the most, for another transaction to end. */
const PAUSE = 60;
/** Milliseconds that a reservation's time may be off: more than a put takes, far less than a sign-up is in flight. */
const CLOCK_ERROR = 10_000;

/**
 * Uniqueness by reserving first: of any number of sign-ups that want an identifier at the same moment, in whatever case,
 * one transaction succeeds. The e-mail address is looked up at the same time, for accounts that are older than the table
 * and for addresses that were changed since (usernames cannot change, and the pool itself keeps them unique).
 *
 * Nothing has to clean up: a reservation whose sign-up came to nothing is taken over by the next one that wants it.
 */
export function byReservation(config: ReservationsConfig): Uniqueness {
  const { table, directory, now, reserveFor = "sign-up" } = config;
  const { isHeld, clear } = holders(config);

  return {
    async claim(signUp, wanted, deadline) {
      const workUntil = deadline - RELEASE;
      const attempt = new Attempt(signUp, reserveFor, now);
      const written = new Map<string, Reservation>();
      const looking = wanted.includes("email") ? holdersOfEmail(signUp, workUntil) : NONE;
      // A sign-up refused by a reservation does not await the look-up; its rejection is ignored.
      looking.catch(() => {});
      try {
        const claim = await reserve(attempt, wanted, written, workUntil);
        const { owners, expired, incomplete } = claim.taken ? await NONE : await looking;
        if (!claim.taken && owners.length === 0) {
          const { owned } = await clear(expired, attempt, workUntil);
          if (incomplete) throw incomplete;
          if (!owned) return { ...claim, ...counts(attempt) };
        }
        await release(written, deadline);
        if (claim.taken) return claim;
        // The account that has the address may be the very one that is signed up again.
        const same = owners.some(({ username }) => canonicalUsername(username) === signUp.username.canonical);
        return { taken: same && wanted.includes("username") ? "username" : "email" };
      } catch (error) {
        await release(written, deadline);
        throw error;
      }
    },
  };

  function holdersOfEmail({ userPoolId, email }: Wanted, deadline: number): Promise<Found> {
    return directory.holders(userPoolId, "email", email.canonical, spellingFilters("email", email), deadline);
  }

  /**
   * Puts a reservation under every key, or none. `written` holds at any time what may have been written under keys that
   * this sign-up did not have before: what has to be taken back if it is refused after all.
   */
  async function reserve(
    attempt: Attempt,
    wanted: readonly IdentifierName[],
    written: Map<string, Reservation>,
    deadline: number,
  ): Promise<Claim> {
    /** What stood under a key before this call, and what stands there now as far as is known. */
    const before = new Map<string, Version | undefined>();
    const current = new Map<string, Reservation | undefined>();
    for (;;) {
      if (Date.now() >= deadline) throw new AwsError("Contended", false);
      const puts = wanted.map((name) => {
        const replaces = current.get(reservationKey(name, attempt.signUp[name].canonical));
        return { reservation: attempt.reservation(name, replaces), replaces };
      });
      for (const { reservation } of puts) {
        if (!attempt.isSame(before.get(reservation.key))) written.set(reservation.key, reservation);
      }
      const result = await table.put(puts, deadline);
      if (result.done) {
        const late = puts.some(({ reservation }) => Math.abs(now() - reservation.reservedAt) >= CLOCK_ERROR);
        if (!late) return { takenOver: [...written.keys()].filter((key) => before.get(key)).length };
        // The answer has shown that this machine's clock is wrong: once more, with the time that the others have.
        for (const { reservation } of puts) current.set(reservation.key, reservation);
        continue;
      }

      // None of these puts was written; those of an earlier transaction of this call may still be there.
      written.clear();
      for (const { reservation } of puts) {
        const { key } = reservation;
        const holder = result.found.has(key) ? result.found.get(key) : current.get(key);
        if (holder && attempt.isOwn(holder) && !attempt.isSame(before.get(key))) written.set(key, holder);
      }
      for (const name of IDENTIFIERS) {
        const key = reservationKey(name, attempt.signUp[name].canonical);
        if (!wanted.includes(name) || !result.found.has(key)) continue;
        const holder = result.found.get(key);
        // A reservation of the same sign-up is made anew, so that it is in flight again.
        const held = holder && !attempt.isSame(holder) && (await isHeld(name, holder, attempt, deadline));
        if (held) return { taken: name };
        current.set(key, holder);
        // An answer that was lost and asked for again finds what this call has written itself.
        if (!attempt.isOwn(holder)) before.set(key, holder);
      }
      if (result.busy) await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
    }
  }

  /** Takes back what this call wrote. Should it fail, the next sign-up that wants it finds it unused. */
  async function release(written: ReadonlyMap<string, Reservation>, deadline: number): Promise<void> {
    await Promise.allSettled([...written].map(([key, reservation]) => table.remove(key, reservation, deadline)));
  }
}

const NONE: Promise<Found> = Promise.resolve({ owners: [], expired: [] });
