import { AwsError, type Call } from "../aws/client";
import type { Account } from "../identity/account";

/** The accounts that a filter matches. Rejects if the response is incomplete. */
export type ListUsers = (userPoolId: string, filter: string, deadline: number) => Promise<readonly Account[]>;

/**
 * The most pages for one filter: 3,000 accounts. Usually there is one page. There are more only if many unconfirmed accounts
 * with one address exist from releases that did not delete expired ones.
 */
const MOST_PAGES = 50;

/** A look-up that stopped before its last page, with the accounts found so far. */
export class TooManyPages extends AwsError {
  constructor(readonly accounts: readonly Account[]) {
    super("TooManyPages", false);
  }
}

/**
 * The implementation with calls to Cognito. `AttributesToGet` is not sent: Cognito returns an error if an account in the result
 * has no value for a requested attribute.
 */
export function listUsersWith(call: Call): ListUsers {
  return async (userPoolId, filter, deadline) => {
    const accounts: Account[] = [];
    let token: string | undefined;
    for (let page = 0; page < MOST_PAGES; page++) {
      const input = { UserPoolId: userPoolId, Filter: filter, ...(token && { PaginationToken: token }) };
      const answer = (await call("AWSCognitoIdentityProviderService.ListUsers", input, deadline)) as ListUsersAnswer;
      if (!Array.isArray(answer.Users)) throw new AwsError("BadResponse", false);
      accounts.push(...answer.Users.map(toAccount));
      token = answer.PaginationToken;
      if (!token) return accounts;
    }
    throw new TooManyPages(accounts);
  };
}

/** An account as Cognito describes it. */
export function toAccount(user: UserType): Account {
  const { Username, Attributes, UserAttributes, UserStatus, UserCreateDate, Enabled } = user;
  if (typeof Username !== "string") throw new AwsError("BadResponse", false);
  const attribute = (name: string) => (Attributes ?? UserAttributes)?.find(({ Name }) => Name === name)?.Value;
  return {
    username: Username,
    email: attribute("email"),
    emailVerified: attribute("email_verified") === "true",
    phone_number: attribute("phone_number"),
    phoneVerified: attribute("phone_number_verified") === "true",
    preferred_username: attribute("preferred_username"),
    status: UserStatus,
    createdAt: typeof UserCreateDate === "number" ? UserCreateDate * 1000 : undefined,
    ...(Enabled === false && { disabled: true }),
  };
}

interface ListUsersAnswer {
  readonly Users?: readonly UserType[];
  readonly PaginationToken?: string;
}

type Attributes = ReadonlyArray<{ readonly Name: string; readonly Value?: string }>;

/** "UserType" and "AdminGetUser", Cognito API reference; times are in seconds. */
export interface UserType {
  readonly Username?: string;
  readonly Attributes?: Attributes;
  /** The name of this field in AdminGetUser. */
  readonly UserAttributes?: Attributes;
  readonly UserStatus?: string;
  readonly UserCreateDate?: number;
  readonly Enabled?: boolean;
}
