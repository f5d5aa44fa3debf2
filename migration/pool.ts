import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
  type ListUsersCommandOutput,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Account } from "../lambda/identity/account";
import { LONGEST_FILTER } from "../lambda/identity/filter";
import type { RateLimiter } from "./rate-limit";
import { retryThrottled } from "./retry";

/** A page of a pool's accounts. `next` is the token of the next page; undefined after the last one. */
export interface Page {
  readonly accounts: readonly Account[];
  readonly next: string | undefined;
}

/** The accounts of a user pool, read within Cognito's quota (30 ListUsers a second for the whole account and Region). The client must make one attempt for each call. */
export class Pool {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    readonly id: string,
    private readonly limiter: RateLimiter,
  ) {}

  /** The approximate number of accounts. */
  async estimatedSize(): Promise<number> {
    const command = new DescribeUserPoolCommand({ UserPoolId: this.id });
    const { UserPool } = await retryThrottled(() => this.client.send(command));
    return UserPool?.EstimatedNumberOfUsers ?? 0;
  }

  /** Every account, page by page, from the beginning or from the token `from` of an earlier run. */
  async *pages(from?: string): AsyncGenerator<Page> {
    let token = from;
    do {
      const answer: ListUsersCommandOutput = await this.list({ PaginationToken: token });
      token = answer.PaginationToken;
      yield { accounts: (answer.Users ?? []).map(account), next: token };
    } while (token);
  }

  /** The accounts that match any of these filters. A filter that is too long for Cognito matches none. */
  async find(filters: readonly string[]): Promise<Account[]> {
    const found = new Map<string, Account>();
    for (const Filter of new Set(filters)) {
      if (Filter.length > LONGEST_FILTER) continue;
      const { Users = [] } = await this.list({ Filter });
      for (const user of Users.map(account)) found.set(user.username, user);
    }
    return [...found.values()];
  }

  private list(input: { readonly PaginationToken?: string | undefined; readonly Filter?: string }) {
    return retryThrottled(async () => {
      await this.limiter.acquire();
      return this.client.send(new ListUsersCommand({ UserPoolId: this.id, ...input }));
    });
  }
}

function account({ Username = "", Attributes = [], UserStatus, UserCreateDate }: UserType): Account {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
  return {
    username: Username,
    email: attribute("email"),
    emailVerified: attribute("email_verified") === "true",
    phone_number: attribute("phone_number"),
    phoneVerified: attribute("phone_number_verified") === "true",
    preferred_username: attribute("preferred_username"),
    status: UserStatus,
    createdAt: UserCreateDate?.getTime(),
  };
}
