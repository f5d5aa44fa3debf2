import { randomBytes } from "node:crypto";
import type { IdentifierName } from "../identity/account";
import {
  attemptOf,
  inFlight,
  migrationOf,
  type Reservation,
  reservationKey,
  type Version,
} from "../identity/reservation";
import type { Wanted } from "./wanted";

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
    const { username, email } = signUp;
    this.migration = migrationOf(username.canonical, email.canonical);
    this.attempt = reserveFor === "migration" ? this.migration : attemptOf(username.typed, email.typed);
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
  reservation(name: IdentifierName, replaces: Reservation | undefined): Reservation {
    const key = reservationKey(name, this.signUp[name].canonical);
    // A reservation of a migration keeps its attempt and the spelling of its account, so that both triggers may be called
    // again.
    const { username, email, attempt } = this.isSame(replaces)
      ? replaces
      : { username: this.signUp.username.typed, email: this.signUp.email.typed, attempt: this.attempt };
    return { key, username, email, attempt, reservedAt: this.now(), nonce: this.nonce };
  }

  /** A reservation that locks another account's username against sign-ups. */
  lock(key: string, { username, email = "" }: { username: string; email: string | undefined }): Reservation {
    return { key, username, email, attempt: this.attempt, reservedAt: this.now(), nonce: this.nonce };
  }
}
