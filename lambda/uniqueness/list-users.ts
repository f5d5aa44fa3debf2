import { AwsError, type Call } from "../aws/client";
import type { Account } from "../identity/account";

/** The accounts that a filter finds. Rejects where the answer is not complete. */
export type ListUsers = (userPoolId: string, filter: string, deadline: number) => Promise<readonly Account[]>;

/**
 * Pages that are read for one filter. One page is the rule. Many are many accounts that never confirmed one address, made
 * before expired ones were deleted: 3,000 of them are read.
 */
const MOST_PAGES = 50;

/** A look-up that was given up before its last page: what it had found until then. */
export class TooManyPages extends AwsError {
  constructor(readonly accounts: readonly Account[]) {
    super("TooManyPages", false);
  }
}

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
  /** What AdminGetUser calls them. */
  readonly UserAttributes?: Attributes;
  readonly UserStatus?: string;
  readonly UserCreateDate?: number;
  readonly Enabled?: boolean;
}
