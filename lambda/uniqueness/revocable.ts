import { IDENTIFIERS } from "../identity/account";
import { type Reservation, reservationKey } from "../identity/reservation";
import type { Put, ReservationsTable } from "./table";
import type { Uniqueness } from "./uniqueness";

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
  const check = checkWith({
    async put(puts, deadline) {
      const result = await table.put(puts, deadline);
      if (result.done) puts.forEach(remember);
      return result;
    },
    remove: (...version) => table.remove(...version),
  });

  return {
    uniqueness: {
      claim(signUp, wanted, deadline) {
        for (const name of IDENTIFIERS) own.add(reservationKey(name, signUp[name].canonical));
        return check.claim(signUp, wanted, deadline);
      },
    },
    async release(deadline) {
      await Promise.allSettled([...written].map(([key, version]) => table.remove(key, version, deadline)));
    },
  };

  function remember({ reservation, replaces }: Put): void {
    const { key } = reservation;
    // A lock of another account's username stays: it guards the deletion of that account.
    if (!own.has(key)) return;
    // Renewed: an earlier call of the same sign-up has reserved it, and may have led to an account.
    const isRenewed = replaces?.attempt === reservation.attempt && !written.has(key);
    if (!isRenewed) written.set(key, reservation);
  }
}
