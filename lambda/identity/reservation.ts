import { createHash } from "node:crypto";
import type { IdentifierName } from "./account";

/**
 * One identifier, reserved for one sign-up. The spellings are kept because Cognito may have to be asked about the holder
 * later, and its filters may be case-sensitive.
 */
export interface Reservation extends Version {
  /** `USERNAME#<canonical>` or `EMAIL#<canonical>`. */
  readonly key: string;
  /** As typed. */
  readonly username: string;
  /** As typed. */
  readonly email: string;
}

/** Which call wrote a reservation: a reservation is replaced or removed only by a call that knows its version. */
export interface Version {
  /** {@link attemptOf} the sign-up, or {@link migrationOf} the account that moves here. */
  readonly attempt: string;
  /** Milliseconds since 1970. */
  readonly reservedAt: number;
  /**
   * Random, new with every call of the function: two identical sign-ups in the same millisecond have different versions.
   * Reservations of earlier releases, and those of `npm run reservations`, have none.
   */
  readonly nonce?: string | undefined;
}

/**
 * Milliseconds in which a sign-up may be under way without an account to show for it: Cognito's own work after the
 * trigger, and the time until ListUsers, which is eventually consistent, shows the account. Far more than either needs.
 */
export const IN_FLIGHT = 60_000;

/** Key of an identifier's reservation. */
export function reservationKey(name: IdentifierName, canonical: string): string {
  return `${name.toUpperCase()}#${canonical}`;
}

/**
 * What tells one sign-up from another: SHA-256 of both identifiers, as typed. Cognito calls a trigger up to three times
 * for one sign-up, and all three are the same attempt; `Username` after `username` is another.
 */
export function attemptOf(username: string, email: string): string {
  return createHash("sha256")
    .update(JSON.stringify([username, email]))
    .digest("base64url");
}

/**
 * The attempt of an account that is being moved here from another pool. Cognito may announce it twice, to the
 * user-migration trigger and to the one before a sign-up, and may spell it differently each time (a case-insensitive pool
 * may write usernames in lower case): so it is told by the canonical forms, and is no attempt of any sign-up.
 */
export function migrationOf(canonicalUsername: string, canonicalEmail: string): string {
  return createHash("sha256")
    .update(JSON.stringify(["migration", canonicalUsername, canonicalEmail]))
    .digest("base64url");
}

/**
 * Whether the sign-up that a reservation was made for may still be under way. One from the future was made by a machine
 * whose clock is wrong; within the same bounds it is believed, so that a wrong clock can neither steal nor block for long.
 */
export function inFlight({ reservedAt }: Version, now: number): boolean {
  return Math.abs(now - reservedAt) < IN_FLIGHT;
}
