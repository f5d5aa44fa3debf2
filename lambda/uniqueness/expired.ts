import { AwsError } from "../aws/client";
import type { Account, IdentifierName } from "../identity/account";
import { canonicalUsername } from "../identity/canonical";
import type { Accounts } from "./accounts";
import type { Directory } from "./directory";
import { identifierOf, type Wanted } from "./wanted";

export interface ExpiredConfig {
  readonly accounts: Accounts;
  readonly directory: Directory;
}

/** The sign-up for which an address or a phone number is cleared. */
export interface Clearing {
  readonly signUp: Wanted;
  readonly deadline: number;
  /**
   * Locks an account's username against sign-ups until long after the deadline; rejects if that is not possible. Accounts are
   * deleted by username, so no other account may get the username meanwhile.
   */
  readonly lock: (account: Account) => Promise<void>;
}

export interface Cleared {
  /** The number of deleted accounts. */
  readonly deleted: number;
  /** The number of accounts that Cognito did not let the function delete. */
  readonly kept: number;
  /** Whether one of them is confirmed by now and owns the identifier. */
  readonly owned: boolean;
}

/** The most accounts that are deleted for one sign-up. More than one exist only from releases that deleted none. */
const MOST = 20;

/**
 * Deletes the unconfirmed accounts that have an e-mail address or a phone number and are past their hold. Otherwise each of them could still be
 * confirmed, and would duplicate the account that gets it now.
 */
export async function clearExpired(
  { accounts, directory }: ExpiredConfig,
  name: IdentifierName,
  expired: readonly Account[],
  { signUp, deadline, lock }: Clearing,
): Promise<Cleared> {
  const { userPoolId, username: own } = signUp;
  // An account with the sign-up's own username is not deleted: Cognito refuses the sign-up because of it. A late or repeated
  // deletion would delete the new account.
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
      const { owners, expired: still } = directory.sort([current], name, identifierOf(signUp, name).canonical);
      if (owners.length > 0) return "owned";
      if (still.length === 0) return "gone";
      await accounts.remove(userPoolId, username, deadline);
      return "deleted";
    } catch (error) {
      // A permanent error must not block the identifier forever.
      if (error instanceof AwsError && !error.retryable && !PASSING.includes(error.code)) return "kept";
      throw error;
    }
  }
}

/** Errors of this project that a retry may avoid. */
const PASSING = ["Timeout", "Contended"];
