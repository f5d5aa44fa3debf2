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

/** For whom identifiers are reserved: a sign-up, or an account that moves here from another pool. */
export type ReserveFor = "sign-up" | "migration";

/** One call of a function that reserves identifiers: which reservations are its own, and which its sign-up's. */
export class Attempt {
  private readonly attempt: string;
  private readonly migration: string;
  /** Accounts that were deleted for it, and that could not be. */
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
   * Whether a reservation is this very sign-up's, asked again; or this very account's on its way here from another pool,
   * announced before by the other trigger.
   */
  isSame<Holder extends Version>(holder: Holder | undefined): holder is Holder {
    return holder?.attempt === this.attempt || (holder?.attempt === this.migration && inFlight(holder, this.now()));
  }

  /** Whether a reservation was written by this very call. */
  isOwn(holder: Version | undefined): boolean {
    return holder?.nonce === this.nonce;
  }

  /** The reservation of an identifier that this sign-up wants, in place of another. */
  reservation(name: IdentifierName, replaces: Reservation | undefined): Reservation {
    const key = reservationKey(name, this.signUp[name].canonical);
    // A migration's reservation stays the migration's, in the spelling that its account gets, so that either trigger may
    // be called once more.
    const { username, email, attempt } = this.isSame(replaces)
      ? replaces
      : { username: this.signUp.username.typed, email: this.signUp.email.typed, attempt: this.attempt };
    return { key, username, email, attempt, reservedAt: this.now(), nonce: this.nonce };
  }

  /** A reservation that keeps sign-ups away from another account's username. */
  lock(key: string, { username, email = "" }: { username: string; email: string | undefined }): Reservation {
    return { key, username, email, attempt: this.attempt, reservedAt: this.now(), nonce: this.nonce };
  }
}
