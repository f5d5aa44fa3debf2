import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  type CognitoIdentityProviderClient,
  CreateGroupCommand,
  DescribeUserPoolCommand,
  type GroupType,
  ListGroupsCommand,
  ListUsersCommand,
  type ListUsersCommandOutput,
  ListUsersInGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { LONGEST_FILTER } from "../../lambda/identity/filter";
import { MigrationError } from "../migration-error";
import type { Calls } from "./calls";
import { attributesOf, type User, userFrom } from "./user";

/** A page of a pool's accounts. `next` is the token of the next page; undefined after the last one. */
export interface Page {
  readonly users: readonly User[];
  readonly next: string | undefined;
}

/** The settings of a pool that matter for a move. */
export interface PoolDescription {
  readonly estimatedSize: number;
  /** Names of its attributes, including `custom:` ones. */
  readonly attributes: readonly string[];
  readonly required: readonly string[];
  readonly caseSensitive: boolean;
  /** "own": users choose a username. "email": the e-mail address is the username. */
  readonly usernames: "own" | "email";
  /** Attributes that users can sign in with, besides the username. */
  readonly aliases: readonly string[];
}

/** Whether Cognito sends an e-mail with a temporary password to a new account. */
export type Invitations = "sent" | "suppressed";

export interface NewUser {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** A user pool, called within a rate limit. The client must not retry: see {@link Calls}. */
export class Directory {
  constructor(
    private readonly client: CognitoIdentityProviderClient,
    readonly id: string,
    private readonly calls: Calls,
  ) {}

  async describe(): Promise<PoolDescription> {
    const { UserPool = {} } = await this.calls.make(() =>
      this.client.send(new DescribeUserPoolCommand({ UserPoolId: this.id })),
    );
    const { SchemaAttributes = [], UsernameAttributes = [], AliasAttributes = [] } = UserPool;
    const names = (attributes: typeof SchemaAttributes) => attributes.map(({ Name = "" }) => Name);
    return {
      estimatedSize: UserPool.EstimatedNumberOfUsers ?? 0,
      attributes: names(SchemaAttributes),
      required: names(SchemaAttributes.filter(({ Required }) => Required)).filter((name) => name !== "sub"),
      // Cognito's default is case-sensitive.
      caseSensitive: UserPool.UsernameConfiguration?.CaseSensitive !== false,
      usernames: UsernameAttributes.includes("email") ? "email" : "own",
      aliases: AliasAttributes,
    };
  }

  /** Every account, page by page, from the beginning or from the token `from` of an earlier run. */
  async *pages(from?: string): AsyncGenerator<Page> {
    let token = from;
    do {
      const { Users = [], PaginationToken }: ListUsersCommandOutput = await this.list({ PaginationToken: token });
      token = PaginationToken;
      yield { users: Users.map(userFrom), next: token };
    } while (token);
  }

  /** The accounts that match any of these filters. A filter that is too long for Cognito matches none. */
  async find(filters: readonly string[]): Promise<User[]> {
    const found = new Map<string, User>();
    for (const Filter of new Set(filters)) {
      if (Filter.length > LONGEST_FILTER) continue;
      const { Users = [] } = await this.list({ Filter });
      for (const user of Users.map(userFrom)) found.set(user.username, user);
    }
    return [...found.values()];
  }

  async groups(): Promise<GroupType[]> {
    const groups: GroupType[] = [];
    let NextToken: string | undefined;
    do {
      const answer = await this.calls.make(() =>
        this.client.send(new ListGroupsCommand({ UserPoolId: this.id, NextToken })),
      );
      groups.push(...(answer.Groups ?? []));
      NextToken = answer.NextToken;
    } while (NextToken);
    return groups;
  }

  /** The usernames of a group's members. */
  async *membersOf(GroupName: string): AsyncGenerator<string> {
    let NextToken: string | undefined;
    do {
      const answer = await this.calls.make(() =>
        this.client.send(new ListUsersInGroupCommand({ UserPoolId: this.id, GroupName, NextToken })),
      );
      for (const { Username = "" } of answer.Users ?? []) yield Username;
      NextToken = answer.NextToken;
    } while (NextToken);
  }

  /**
   * Creates an account and returns its id. Cognito sends one invitation: a second call throws UsernameExistsException. Cognito
   * throws CodeDeliveryFailureException if it has created the account and could not send the invitation.
   * Throws a {@link MigrationError} if the day's quota of e-mails is used up.
   */
  async create({ username, attributes }: NewUser, invitations: Invitations): Promise<string> {
    const command = new AdminCreateUserCommand({
      UserPoolId: this.id,
      Username: username,
      UserAttributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
      // Cognito's default is a text message.
      DesiredDeliveryMediums: ["EMAIL"],
      ...(invitations === "suppressed" ? { MessageAction: "SUPPRESS" } : {}),
    });
    const { User } = await this.calls.make(() => this.client.send(command).catch(quotaUsedUp));
    return subOf(attributesOf(User?.Attributes), username);
  }

  /** Sends an invitation again, with another temporary password. Does nothing if the user has a password of their own by now. Throws as {@link create} does. */
  async invite(Username: string): Promise<void> {
    const input = { UserPoolId: this.id, Username, DesiredDeliveryMediums: ["EMAIL" as const] };
    const command = new AdminCreateUserCommand({ ...input, MessageAction: "RESEND" });
    await this.calls.make(() =>
      this.client.send(command).catch((error: Error) => {
        if (error.name !== "UnsupportedUserStateException") quotaUsedUp(error);
      }),
    );
  }

  async get(username: string): Promise<User> {
    const {
      UserAttributes = [],
      $metadata: _,
      ...user
    } = await this.calls.make(() =>
      this.client.send(new AdminGetUserCommand({ UserPoolId: this.id, Username: username })),
    );
    return userFrom({ ...user, Attributes: UserAttributes });
  }

  /** Does nothing if the account is in the group already. */
  async addToGroup(Username: string, GroupName: string): Promise<void> {
    const input = { UserPoolId: this.id, Username, GroupName };
    await this.calls.make(() => this.client.send(new AdminAddUserToGroupCommand(input)));
  }

  /** Does nothing if the account is disabled already. */
  async disable(Username: string): Promise<void> {
    await this.calls.make(() => this.client.send(new AdminDisableUserCommand({ UserPoolId: this.id, Username })));
  }

  /** Creates a group like the one of another pool, without its IAM role: that belongs to the other pool's identities. */
  async createGroup({ GroupName, Description, Precedence }: GroupType): Promise<void> {
    const input = { UserPoolId: this.id, GroupName, Description, Precedence };
    await this.calls.make(() => this.client.send(new CreateGroupCommand(input)));
  }

  private list(input: { readonly PaginationToken?: string | undefined; readonly Filter?: string }) {
    return this.calls.make(() => this.client.send(new ListUsersCommand({ UserPoolId: this.id, ...input })));
  }
}

/** Of the calls that send a message this error is about the day's quota; a later attempt does not help. */
function quotaUsedUp(error: Error): never {
  if (error.name !== "LimitExceededException") throw error;
  throw new MigrationError(
    `Cognito's quota of e-mails for today is used up (${error.message}): continue tomorrow, or give the pool an SES identity.`,
  );
}

function subOf({ sub }: Readonly<Record<string, string>>, username: string): string {
  if (sub) return sub;
  throw new MigrationError(
    `Cognito created an account and did not return its id: look at "${username}" in the new pool.`,
  );
}

/** The Region of a pool, which its id begins with. */
export function regionOf(poolId: string): string {
  const region = /^([a-z]{2,}(?:-[a-z]+)+-\d+)_[A-Za-z0-9]+$/.exec(poolId)?.[1];
  if (region) return region;
  throw new MigrationError(`"${poolId}" is not a user pool id. An id looks like eu-west-1_AbCdEfGhI.`);
}
