import { type Account, isProved, owns, RESERVED } from "../../lambda/identity/account";
import { IN_FLIGHT, inFlight, type Reservation, reservationKey } from "../../lambda/identity/reservation";
import type { ShownReservation, Tables } from "./api";

/** The newest comes first. `hold` is how long an unconfirmed account keeps its address and its number, in milliseconds. */
export function tablesOf(
  accounts: readonly Account[],
  reservations: readonly Reservation[] | undefined,
  hold: number,
  now: number,
): Tables {
  const shownAccounts = accounts.map(({ username, email, phone_number, status = "", createdAt }) => ({
    username,
    email,
    phone: phone_number,
    status,
    since: createdAt,
  }));
  const shown = reservations?.map((reservation) => shownReservation(reservation, accounts, hold, now));
  return {
    now,
    accounts: shownAccounts.sort((one, other) => (other.since ?? 0) - (one.since ?? 0)),
    reservations: shown?.sort((one, other) => other.since - one.since || (one.key < other.key ? 1 : -1)),
  };
}

function shownReservation(
  reservation: Reservation,
  accounts: readonly Account[],
  hold: number,
  now: number,
): ShownReservation {
  const { key, username, reservedAt } = reservation;
  const name = RESERVED.find((one) => key.startsWith(reservationKey(one, "")));
  const canonical = name === undefined ? key : key.slice(reservationKey(name, "").length);
  const owner = name && accounts.find((account) => owns(account, name, canonical, hold, now));
  const common = { identifier: name ?? "unknown", key, username, since: reservedAt };
  if (owner) {
    const isForATime = isProved(name) && owner.status === "UNCONFIRMED" && owner.createdAt !== undefined;
    return { ...common, state: "held", until: isForATime ? (owner.createdAt ?? 0) + hold : undefined };
  }
  if (inFlight(reservation, now)) return { ...common, state: "in flight", until: reservedAt + IN_FLIGHT };
  return { ...common, state: "left over", until: undefined };
}
