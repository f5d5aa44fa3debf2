import type { IdentifierName } from "../identity/account";
import type { Wanted } from "./wanted";

/** The answer to a sign-up that wants identifiers for itself. */
export interface Claim {
  /** The first of them that somebody else has; undefined where the sign-up may have them all. */
  readonly taken?: IdentifierName | undefined;
  /** How many were left behind by sign-ups that came to nothing, and are this one's now. */
  readonly takenOver?: number;
}

/**
 * How identifiers are kept unique. A claim that is not granted leaves nothing behind; the same sign-up, asked again, gets
 * the same answer. Throws where it cannot be known whether an identifier is free: that refuses the sign-up.
 */
export interface Uniqueness {
  /** `deadline` is in milliseconds since 1970 by this machine's clock; nothing takes longer. */
  claim(signUp: Wanted, wanted: readonly IdentifierName[], deadline: number): Promise<Claim>;
}
