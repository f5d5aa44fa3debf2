import {
  type CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
  ListUsersCommand,
  type UserType,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Account } from "../lambda/identity/account";
import { LONGEST_FILTER } from "../lambda/identity/filter";
import type { Pace } from "./pace";

/** A page of a pool's accounts; `next` leads on, undefined after the last one. */
export interface Page {
  readonly accounts: readonly Account[];
  readonly next: string | undefined;
}

/** The accounts of a user pool, read within Cognito's quota (30 ListUsers a second for the whole account and Region). */
export class Pool {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    readonly id: string,
    private readonly pace: Pace,
  ) {}

  /** About how many accounts there are. */
  async estimatedSize(): Promise<number> {
    const { UserPool } = await this.client.send(new DescribeUserPoolCommand({ UserPoolId: this.id }));
    return UserPool?.EstimatedNumberOfUsers ?? 0;
  }

  /** Every account, page by page, from the beginning or from where an earlier reading was told to go on. */
  async *pages(from?: string): AsyncGenerator<Page> {
    let token = from;
    do {
      await this.pace.turn();
      const answer = await this.client.send(new ListUsersCommand({ UserPoolId: this.id, PaginationToken: token }));
      token = answer.PaginationToken;
      yield { accounts: (answer.Users ?? []).map(account), next: token };
    } while (token);
  }

  /** The accounts that any of these filters finds. A filter that is too long for Cognito finds nobody. */
  async find(filters: readonly string[]): Promise<Account[]> {
    const found = new Map<string, Account>();
    for (const Filter of new Set(filters)) {
      if (Filter.length > LONGEST_FILTER) continue;
      await this.pace.turn();
      const { Users = [] } = await this.client.send(new ListUsersCommand({ UserPoolId: this.id, Filter }));
      for (const user of Users.map(account)) found.set(user.username, user);
    }
    return [...found.values()];
  }
}

function account({ Username = "", Attributes = [], UserStatus, UserCreateDate }: UserType): Account {
  const attribute = (name: string) => Attributes.find(({ Name }) => Name === name)?.Value;
  return {
    username: Username,
    email: attribute("email"),
    emailVerified: attribute("email_verified") === "true",
    status: UserStatus,
    createdAt: UserCreateDate?.getTime(),
  };
}
