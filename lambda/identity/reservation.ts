import { createHash } from "node:crypto";
import type { ReservedName } from "./account";

/**
 * One identifier, reserved for one sign-up. The reservation has the spellings, because a later look-up of the holder may need
 * them: Cognito's filters may be case-sensitive.
 */
export interface Reservation extends Version {
  /** `USERNAME#<canonical>`, `EMAIL#<canonical>` or `PHONE_NUMBER#<canonical>`. */
  readonly key: string;
  /** As typed. */
  readonly username: string;
  /** As typed; empty if the account has none, or its pool does not keep addresses unique. */
  readonly email: string;
  /** As typed; absent if the account has none, or its pool does not keep phone numbers unique. */
  readonly phone_number?: string | undefined;
}

/** The version of a reservation identifies the call that wrote it. A call must know the version to replace or remove it. */
export interface Version {
  /** {@link attemptOf} the sign-up, or {@link migrationOf} the account that is migrated. */
  readonly attempt: string;
  /** Milliseconds since 1970. */
  readonly reservedAt: number;
  /**
   * Random for every call of the function, so that two identical sign-ups in the same millisecond have different versions.
   * Reservations of earlier releases, and those of `npm run reservations`, have none.
   */
  readonly nonce?: string | undefined;
}

/**
 * Milliseconds for which a sign-up may be in flight without a visible account: Cognito creates the account after the trigger,
 * and ListUsers is eventually consistent. This is far more than both need.
 */
export const IN_FLIGHT = 60_000;

/** Key of an identifier's reservation. */
export function reservationKey(name: ReservedName, canonical: string): string {
  return `${name.toUpperCase()}#${canonical}`;
}

/**
 * Identifies a sign-up: SHA-256 of its username, e-mail address and phone number as typed. Cognito calls a trigger up to three times for one sign-up; all
 * of these calls are the same attempt. `Username` after `username` is another attempt.
 */
export function attemptOf(username: string, email: string, phone?: string): string {
  return createHash("sha256")
    .update(JSON.stringify(phone === undefined ? [username, email] : [username, email, phone]))
    .digest("base64url");
}

/**
 * The attempt of an account that is migrated from another pool. Cognito may call both the user-migration trigger and the
 * Pre-SignUp trigger for it, with different spellings (a case-insensitive pool may convert usernames to lower case). So the
 * canonical forms identify it, and it differs from the attempt of any sign-up.
 */
export function migrationOf(canonicalUsername: string, canonicalEmail: string, canonicalPhone?: string): string {
  const identifiers = ["migration", canonicalUsername, canonicalEmail];
  return createHash("sha256")
    .update(JSON.stringify(canonicalPhone === undefined ? identifiers : [...identifiers, canonicalPhone]))
    .digest("base64url");
}

/**
 * Whether the sign-up of a reservation may still be in flight. A time in the future comes from a machine with a wrong clock. It
 * is accepted within the same limit, so that a wrong clock can neither take over an identifier nor block it for long.
 */
export function inFlight({ reservedAt }: Version, now: number): boolean {
  return Math.abs(now - reservedAt) < IN_FLIGHT;
}
