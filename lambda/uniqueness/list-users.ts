import { AwsError, type Call } from "../aws/client";
import type { Account } from "../identity/account";
import type { ListUsers } from "./directory";

/** Pages that are read before a look-up counts as broken: an exact filter finds one account, or few. */
const MOST_PAGES = 4;

/**
 * ListUsers over the wire. `AttributesToGet` is not sent: Cognito answers with an error where one of the accounts found
 * has no value for an attribute that is asked for.
 */
export function listUsersWith(call: Call): ListUsers {
  return async (userPoolId, filter, deadline) => {
    const accounts: Account[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const input = { UserPoolId: userPoolId, Filter: filter, ...(token && { PaginationToken: token }) };
      const answer = (await call("AWSCognitoIdentityProviderService.ListUsers", input, deadline)) as ListUsersAnswer;
      if (!Array.isArray(answer.Users)) throw new AwsError("BadResponse", false);
      accounts.push(...answer.Users.map(account));
      token = answer.PaginationToken;
      if (!token) return accounts;
    }
    throw new AwsError("TooManyPages", false);
  };
}

function account({ Username, Attributes, UserStatus, UserCreateDate, Enabled }: UserType): Account {
  if (typeof Username !== "string") throw new AwsError("BadResponse", false);
  const attribute = (name: string) => Attributes?.find(({ Name }) => Name === name)?.Value;
  return {
    username: Username,
    email: attribute("email"),
    emailVerified: attribute("email_verified") === "true",
    status: UserStatus,
    createdAt: typeof UserCreateDate === "number" ? UserCreateDate * 1000 : undefined,
    ...(Enabled === false && { disabled: true }),
  };
}

interface ListUsersAnswer {
  readonly Users?: readonly UserType[];
  readonly PaginationToken?: string;
}

/** "UserType", Cognito API reference; times are in seconds. */
interface UserType {
  readonly Username?: string;
  readonly Attributes?: ReadonlyArray<{ readonly Name: string; readonly Value?: string }>;
  readonly UserStatus?: string;
  readonly UserCreateDate?: number;
  readonly Enabled?: boolean;
}
