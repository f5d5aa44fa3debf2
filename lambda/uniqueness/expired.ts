import { AwsError } from "../aws/client";
import type { Account } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import type { Accounts } from "./accounts";
import type { Directory } from "./directory";
import type { Wanted } from "./wanted";

export interface ExpiredConfig {
  readonly accounts: Accounts;
  readonly directory: Directory;
}

/** The sign-up that an address is cleared for. */
export interface Clearing {
  readonly signUp: Wanted;
  readonly deadline: number;
  /**
   * Keeps sign-ups with an account's username out until long after the deadline; rejects where that is not possible. An
   * account is deleted by its username, so no other account may come by it meanwhile.
   */
  readonly lock: (account: Account) => Promise<void>;
}

export interface Cleared {
  /** Accounts that were deleted. */
  readonly deleted: number;
  /** Accounts that stay, because Cognito does not let the function delete them. */
  readonly kept: number;
  /** Whether one of them has confirmed after all, and owns the address. */
  readonly owned: boolean;
}

/** Accounts that are deleted for one sign-up. More than one are from before expired accounts were deleted. */
const MOST = 20;

/**
 * Deletes the accounts that had an e-mail address, never confirmed it, and are past their hold: otherwise each of them
 * could still be confirmed, beside the account that gets the address now.
 */
export async function clearExpired(
  { accounts, directory }: ExpiredConfig,
  expired: readonly Account[],
  { signUp, deadline, lock }: Clearing,
): Promise<Cleared> {
  const { userPoolId, username: own, email } = signUp;
  // An account with the sign-up's own username stays: Cognito refuses the sign-up for it. Were it deleted, and the call
  // carried out late or once more, it would be the new account that goes.
  const others = expired.filter(({ username }) => canonicalUsername(username) !== own.canonical);
  const outcomes = await Promise.all(others.slice(0, MOST).map(clear));
  const count = (outcome: string) => outcomes.filter((other) => other === outcome).length;
  return { deleted: count("deleted"), kept: count("kept"), owned: count("owned") > 0 };

  async function clear(account: Account): Promise<"deleted" | "kept" | "gone" | "owned"> {
    const { username } = account;
    try {
      await lock(account);
      const current = await accounts.read(userPoolId, username, deadline);
      if (!current) return "gone";
      const { owners, expired: still } = directory.sort([current], "email", email.canonical);
      if (owners.length > 0) return "owned";
      if (still.length === 0) return "gone";
      await accounts.remove(userPoolId, username, deadline);
      return "deleted";
    } catch (error) {
      // What fails every time must not block the address for good.
      if (error instanceof AwsError && !error.retryable && !PASSING.includes(error.code)) return "kept";
      throw error;
    }
  }
}

/** Errors of our own that another try may not bring. */
const PASSING = ["Timeout", "Contended"];
