import { AwsError } from "../aws/client";
import { type IdentifierName, isReserved, type ReservedName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import { type Reservation, reservationKey, type Version } from "../identity/reservation";
import { Attempt, type ReserveFor } from "./attempt";
import { type Found, spellingFilters } from "./directory";
import { type HolderConfig, holders } from "./holder";
import { type Claim, counts, type Uniqueness } from "./uniqueness";
import { identifierOf, type Wanted } from "./wanted";

export interface ReservationsConfig extends HolderConfig {
  /** @default sign-up */
  readonly reserveFor?: ReserveFor | undefined;
}

/** Milliseconds reserved for releasing the reservations of a refused sign-up. */
export const RELEASE = 400;
/** The most milliseconds to wait for another transaction. */
const PAUSE = 60;
/** The most milliseconds that a reservation's time may be wrong: more than a put takes, far less than IN_FLIGHT. */
const CLOCK_ERROR = 10_000;

/**
 * Uniqueness by reservations. Of any number of concurrent sign-ups with one identifier, in any spelling, one transaction
 * succeeds. The other identifiers than the username are looked up in parallel, for accounts that are older than the table and for
 * what was changed since (usernames cannot change, and the pool itself keeps them unique).
 *
 * No clean-up is needed: the next sign-up with the identifier takes over the reservation of a failed sign-up.
 */
export function byReservation(config: ReservationsConfig): Uniqueness {
  const { table, directory, now, reserveFor = "sign-up" } = config;
  const { isHeld, clear } = holders(config);

  return {
    async claim(signUp, wanted, deadline) {
      const workUntil = deadline - RELEASE;
      const attempt = new Attempt(signUp, reserveFor, now);
      const written = new Map<string, Reservation>();
      const looking = Promise.all(
        wanted.filter((name) => name !== "username").map((name) => look(name, signUp, workUntil)),
      );
      // A sign-up refused by a reservation does not await the look-up; its rejection is ignored.
      looking.catch(() => {});
      try {
        const claim = await reserve(attempt, wanted.filter(isReserved), written, workUntil);
        const taken = claim.taken ?? (await takenBy(await looking, attempt, wanted, workUntil));
        if (!taken) return { ...claim, ...counts(attempt) };
        await release(written, deadline);
        return { taken };
      } catch (error) {
        await release(written, deadline);
        throw error;
      }
    },
  };

  async function look(name: IdentifierName, signUp: Wanted, deadline: number): Promise<Look> {
    const identifier = identifierOf(signUp, name);
    const filters = spellingFilters(name, identifier);
    return { name, ...(await directory.holders(signUp.userPoolId, name, identifier.canonical, filters, deadline)) };
  }

  /** The first identifier that an account owns. If none does, expired accounts are deleted, which would block them. */
  async function takenBy(
    looks: readonly Look[],
    attempt: Attempt,
    wanted: readonly IdentifierName[],
    deadline: number,
  ): Promise<IdentifierName | undefined> {
    const owned = looks.find(({ owners }) => owners.length > 0);
    if (owned) {
      // The account that has the address may have the username of this sign-up too.
      const { canonical } = attempt.signUp.username;
      const same = owned.owners.some(({ username }) => canonicalUsername(username) === canonical);
      return same && wanted.includes("username") ? "username" : owned.name;
    }
    for (const { name, expired, incomplete } of looks) {
      const cleared = await clear(name, expired, attempt, deadline);
      if (incomplete) throw incomplete;
      if (cleared.owned) return name;
    }
    return undefined;
  }

  /**
   * Puts a reservation under every key, or none. `written` always has the reservations that may have been written under keys
   * that this sign-up did not have before. They must be released if it is refused.
   */
  async function reserve(
    attempt: Attempt,
    wanted: readonly ReservedName[],
    written: Map<string, Reservation>,
    deadline: number,
  ): Promise<Claim> {
    /** The versions before this call, and the last known reservations, by key. */
    const before = new Map<string, Version | undefined>();
    const current = new Map<string, Reservation | undefined>();
    const keyOf = (name: ReservedName) => reservationKey(name, identifierOf(attempt.signUp, name).canonical);
    for (;;) {
      if (Date.now() >= deadline) throw new AwsError("Contended", false);
      const puts = wanted.map((name) => {
        const replaces = current.get(keyOf(name));
        return { reservation: attempt.reservation(name, replaces), replaces };
      });
      for (const { reservation } of puts) {
        if (!attempt.isSame(before.get(reservation.key))) written.set(reservation.key, reservation);
      }
      const result = await table.put(puts, deadline);
      if (result.done) {
        const late = puts.some(({ reservation }) => Math.abs(now() - reservation.reservedAt) >= CLOCK_ERROR);
        if (!late) return { takenOver: [...written.keys()].filter((key) => before.get(key)).length };
        // The response has shown that this machine's clock is wrong: the put is repeated with the servers' time.
        for (const { reservation } of puts) current.set(reservation.key, reservation);
        continue;
      }

      // None of these puts was written, but those of an earlier transaction of this call may exist.
      written.clear();
      for (const { reservation } of puts) {
        const { key } = reservation;
        const holder = result.found.has(key) ? result.found.get(key) : current.get(key);
        if (holder && attempt.isOwn(holder) && !attempt.isSame(before.get(key))) written.set(key, holder);
      }
      for (const name of wanted) {
        const key = keyOf(name);
        if (!result.found.has(key)) continue;
        const holder = result.found.get(key);
        // A reservation of the same sign-up is renewed, so that it is in flight again.
        const held = holder && !attempt.isSame(holder) && (await isHeld(name, holder, attempt, deadline));
        if (held) return { taken: name };
        current.set(key, holder);
        // After a lost response, the retry finds the reservation that this call has written.
        if (!attempt.isOwn(holder)) before.set(key, holder);
      }
      if (result.busy) await new Promise((resolve) => setTimeout(resolve, Math.random() * PAUSE));
    }
  }

  /** Releases the reservations that this call wrote. If that fails, the next sign-up with the identifier takes them over. */
  async function release(written: ReadonlyMap<string, Reservation>, deadline: number): Promise<void> {
    await Promise.allSettled([...written].map(([key, reservation]) => table.remove(key, reservation, deadline)));
  }
}

interface Look extends Found {
  readonly name: IdentifierName;
}
