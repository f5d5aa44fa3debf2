import type { IdentifierName } from "../identity/account";
import type { Wanted } from "./wanted";

/** The answer to a sign-up that wants identifiers for itself. */
export interface Claim {
  /** The first of them that another account or sign-up has; undefined where the sign-up may have them all. */
  readonly taken?: IdentifierName | undefined;
  /** How many were left behind by sign-ups that came to nothing, and are this one's now. */
  readonly takenOver?: number;
  /** Accounts that had the address, never confirmed it and were past their hold: how many were deleted for this sign-up. */
  readonly deleted?: number;
  /** The same: how many stay, because Cognito does not let the function delete them. */
  readonly kept?: number;
}

/** What a claim says of deleted accounts, where there were any. */
export function counts({ deleted, kept }: { deleted: number; kept: number }): Pick<Claim, "deleted" | "kept"> {
  return { ...(deleted > 0 && { deleted }), ...(kept > 0 && { kept }) };
}

/** What to count for accounts that a granted claim found past their hold. */
export function expiredMetrics({ deleted, kept }: Claim): { ExpiredDeleted?: number; ExpiredKept?: number } {
  return { ...(deleted && { ExpiredDeleted: deleted }), ...(kept && { ExpiredKept: kept }) };
}

/**
 * How identifiers are kept unique. A claim that is not granted leaves nothing behind; the same sign-up, asked again, gets
 * the same answer. Throws where it cannot be known whether an identifier is free: that refuses the sign-up.
 */
export interface Uniqueness {
  /** `deadline` is in milliseconds since 1970 by this machine's clock; nothing takes longer. */
  claim(signUp: Wanted, wanted: readonly IdentifierName[], deadline: number): Promise<Claim>;
}
