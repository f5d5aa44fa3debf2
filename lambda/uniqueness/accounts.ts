import { AwsError, type Call } from "../aws/client";
import type { Account } from "../identity/account";
import { toAccount, type UserType } from "./list-users";

/**
 * Current data of single accounts. ListUsers may be behind; AdminGetUser is not, but it counts the account as active for
 * billing. So it is called only for accounts that are to be deleted, or whose username blocks a sign-up.
 */
export interface Accounts {
  /** Undefined if there is none. */
  read(userPoolId: string, username: string, deadline: number): Promise<Account | undefined>;
  /** Deletes an account, if it exists. */
  remove(userPoolId: string, username: string, deadline: number): Promise<void>;
}

/** The implementation with calls to Cognito. */
export function accountsWith(call: Call): Accounts {
  async function ask(operation: string, userPoolId: string, username: string, deadline: number): Promise<unknown> {
    try {
      const input = { UserPoolId: userPoolId, Username: username };
      return await call(`AWSCognitoIdentityProviderService.${operation}`, input, deadline);
    } catch (error) {
      if (error instanceof AwsError && error.code === "UserNotFoundException") return undefined;
      throw error;
    }
  }
  return {
    async read(...where) {
      const user = await ask("AdminGetUser", ...where);
      return user === undefined ? undefined : toAccount(user as UserType);
    },
    async remove(...where) {
      await ask("AdminDeleteUser", ...where);
    },
  };
}
