import type { IdentifierName } from "../identity/account";
import type { Wanted } from "./wanted";

/** The result of a sign-up's claim to identifiers. */
export interface Claim {
  /** The first identifier that another account or sign-up has; undefined if the claim is granted. */
  readonly taken?: IdentifierName | undefined;
  /** The number of reservations taken over from failed sign-ups. */
  readonly takenOver?: number;
  /** The number of expired accounts with the address or the number that were deleted for this sign-up. */
  readonly deleted?: number;
  /** The number of such accounts that Cognito did not let the function delete. */
  readonly kept?: number;
}

/** The counts of deleted and kept accounts that are above 0. */
export function counts({ deleted, kept }: { deleted: number; kept: number }): Pick<Claim, "deleted" | "kept"> {
  return { ...(deleted > 0 && { deleted }), ...(kept > 0 && { kept }) };
}

/** The metrics for the expired accounts of a granted claim. */
export function expiredMetrics({ deleted, kept }: Claim): { ExpiredDeleted?: number; ExpiredKept?: number } {
  return { ...(deleted && { ExpiredDeleted: deleted }), ...(kept && { ExpiredKept: kept }) };
}

/**
 * Keeps identifiers unique. A refused claim leaves no reservation behind. The same sign-up in a repeated call gets the same
 * result. Throws if it is unknown whether an identifier is free: the sign-up is then refused.
 */
export interface Uniqueness {
  /** `deadline` is in milliseconds since 1970 by this machine's clock. All work ends by then. */
  claim(signUp: Wanted, wanted: readonly IdentifierName[], deadline: number): Promise<Claim>;
}
