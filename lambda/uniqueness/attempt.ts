import { randomBytes } from "node:crypto";
import type { Account, ReservedName } from "../identity/account";
import {
  attemptOf,
  inFlight,
  migrationOf,
  type Reservation,
  reservationKey,
  type Version,
} from "../identity/reservation";
import { identifierOf, type Wanted } from "./wanted";

/** The purpose of a reservation: a sign-up, or an account that is migrated from another pool. */
export type ReserveFor = "sign-up" | "migration";

/** One call of a function that reserves identifiers. It recognizes its own reservations and those of its sign-up. */
export class Attempt {
  private readonly attempt: string;
  private readonly migration: string;
  /** The number of expired accounts that were deleted for it, and of those that could not be deleted. */
  deleted = 0;
  kept = 0;
  private readonly nonce = randomBytes(9).toString("base64url");

  constructor(
    readonly signUp: Wanted,
    reserveFor: ReserveFor,
    private readonly now: () => number,
  ) {
    const { username, email, phone_number: phone } = signUp;
    this.migration = migrationOf(username.canonical, email?.canonical ?? "", phone?.canonical);
    // Cognito makes a username for every sign-up where users choose none. If it gave the address or the number instead, two
    // users' sign-ups would be one: then no two calls are the same sign-up.
    const isMade = username.typed !== email?.typed && username.typed !== phone?.typed;
    const own = isMade ? username.typed : `${username.typed}#${this.nonce}`;
    this.attempt = reserveFor === "migration" ? this.migration : attemptOf(own, email?.typed ?? "", phone?.typed);
  }

  /**
   * Whether a reservation belongs to this sign-up in an earlier call, or to the migration of this account, which the other
   * trigger has reserved before.
   */
  isSame<Holder extends Version>(holder: Holder | undefined): holder is Holder {
    return holder?.attempt === this.attempt || (holder?.attempt === this.migration && inFlight(holder, this.now()));
  }

  /** Whether this call wrote a reservation. */
  isOwn(holder: Version | undefined): boolean {
    return holder?.nonce === this.nonce;
  }

  /** The reservation of an identifier for this sign-up, which may replace another. */
  reservation(name: ReservedName, replaces: Reservation | undefined): Reservation {
    const key = reservationKey(name, identifierOf(this.signUp, name).canonical);
    // A reservation of a migration keeps its attempt and the spelling of its account, so that both triggers may be called
    // again.
    const { username, email, phone_number, attempt } = this.isSame(replaces) ? replaces : this.own();
    return { key, username, email, phone_number, attempt, reservedAt: this.now(), nonce: this.nonce };
  }

  /** A reservation that locks another account's username against sign-ups. */
  lock(key: string, { username, email = "", phone_number }: Account): Reservation {
    const phone = this.signUp.phone_number && phone_number;
    return {
      key,
      username,
      email,
      phone_number: phone,
      attempt: this.attempt,
      reservedAt: this.now(),
      nonce: this.nonce,
    };
  }

  private own(): Pick<Reservation, "username" | "email" | "phone_number" | "attempt"> {
    const { username, email, phone_number } = this.signUp;
    return {
      username: username.typed,
      email: email?.typed ?? "",
      phone_number: phone_number?.typed,
      attempt: this.attempt,
    };
  }
}
