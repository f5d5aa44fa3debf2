import { isReserved } from "../identity/account";
import { type Reservation, reservationKey } from "../identity/reservation";
import type { Put, ReservationsTable } from "./table";
import type { Uniqueness } from "./uniqueness";
import { identifierOf } from "./wanted";

/** The uniqueness check of one sign-up, whose reservations can be released after it was granted. */
export interface Revocable {
  readonly uniqueness: Uniqueness;
  /** Releases what the claim has reserved. What cannot be released is taken over by a later sign-up, as that of any failed one. */
  release(deadline: number): Promise<void>;
}

/** `checkWith` makes the uniqueness check around a table. */
export function revocable(table: ReservationsTable, checkWith: (table: ReservationsTable) => Uniqueness): Revocable {
  const written = new Map<string, Reservation>();
  const own = new Set<string>();
  const nonces = new Set<string | undefined>();
  const renewed = new Set<string>();
  const check = checkWith({
    async put(puts, deadline) {
      // Before the answer, which may be lost.
      puts.forEach(recognize);
      const result = await table.put(puts, deadline);
      if (result.done) puts.forEach(remember);
      return result;
    },
    remove: (...version) => table.remove(...version),
  });

  return {
    uniqueness: {
      claim(signUp, wanted, deadline) {
        for (const name of wanted.filter(isReserved)) {
          own.add(reservationKey(name, identifierOf(signUp, name).canonical));
        }
        return check.claim(signUp, wanted, deadline);
      },
    },
    async release(deadline) {
      await Promise.allSettled([...written].map(([key, version]) => table.remove(key, version, deadline)));
    },
  };

  /** An earlier call of the same sign-up may have led to an account, which keeps what that call has reserved. */
  function recognize({ reservation, replaces }: Put): void {
    const isOfEarlierCall = replaces?.attempt === reservation.attempt && !nonces.has(replaces.nonce);
    if (isOfEarlierCall) renewed.add(reservation.key);
    nonces.add(reservation.nonce);
  }

  function remember({ reservation }: Put): void {
    const { key } = reservation;
    // A lock of another account's username stays: it guards the deletion of that account.
    if (own.has(key) && !renewed.has(key)) written.set(key, reservation);
  }
}
