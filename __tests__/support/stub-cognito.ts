import { randomUUID } from "node:crypto";
import { type Reply, type Request, StubAws } from "./stub-aws";

/** A stub with features that no emulator combines: pages, Cognito's letter case, and speed for tens of thousands of users. */
export class StubCognito {
  readonly pools = new Map<string, StubPool>();
  /** Replaces the response of the pool if it returns one. */
  interfere: (operation: string, input: Record<string, unknown>) => Reply | undefined = () => undefined;
  /** Called for every response of a pool. */
  answered: (operation: string) => void = () => {};
  private stub: StubAws | undefined;

  static async start(): Promise<StubCognito> {
    const cognito = new StubCognito();
    cognito.stub = await StubAws.start((request) => cognito.answer(request));
    return cognito;
  }

  get endpoint(): string {
    return this.stub?.endpoint ?? "";
  }

  addPool(id: string, options: PoolOptions = {}): StubPool {
    const pool = new StubPool(id, options);
    this.pools.set(id, pool);
    return pool;
  }

  /** The number of calls of an operation. */
  calls(operation: string): number {
    return this.stub?.requests.filter(({ target }) => target.endsWith(`.${operation}`)).length ?? 0;
  }

  async stop(): Promise<void> {
    await this.stub?.stop();
  }

  private answer({ target, input }: Request): Reply {
    const operation = target.slice(target.indexOf(".") + 1);
    const interference = this.interfere(operation, input);
    if (interference) return interference;
    const pool = this.pools.get(String(input.UserPoolId));
    if (!pool) return error("ResourceNotFoundException", `User pool ${input.UserPoolId} does not exist.`);
    const reply = pool.answer(operation, input);
    this.answered(operation);
    return reply;
  }
}

export interface PoolOptions {
  readonly caseSensitive?: boolean;
  /** Names of custom attributes. */
  readonly custom?: readonly string[];
  readonly required?: readonly string[];
  readonly usernameAttributes?: readonly string[];
  readonly aliasAttributes?: readonly string[];
}

export interface StubUser {
  readonly username: string;
  readonly attributes: Record<string, string>;
  status: string;
  enabled: boolean;
  readonly groups: Set<string>;
}

const STANDARD = [
  "sub",
  "name",
  "nickname",
  "picture",
  "email",
  "email_verified",
  "phone_number",
  "phone_number_verified",
];
const PAGE = 60;
const CREATED = 1_700_000_000;

export class StubPool {
  readonly users = new Map<string, StubUser>();
  readonly groups = new Map<string, Record<string, unknown>>();
  /** The usernames of all invitations, repeated ones included. */
  readonly invited: string[] = [];
  private listed: StubUser[] | undefined;

  constructor(
    readonly id: string,
    private readonly options: PoolOptions,
  ) {}

  add(username: string, attributes: Record<string, string>, more: Partial<StubUser> = {}): StubUser {
    const user: StubUser = {
      username,
      attributes: { sub: randomUUID(), ...attributes },
      status: "CONFIRMED",
      enabled: true,
      groups: new Set(),
      ...more,
    };
    this.users.set(this.key(username), user);
    this.listed = undefined;
    return user;
  }

  answer(operation: string, input: Record<string, unknown>): Reply {
    const answer = this.operations[operation];
    return answer ? answer(input) : error("UnknownOperationException", operation);
  }

  private readonly operations: Readonly<Record<string, (input: Record<string, unknown>) => Reply>> = {
    DescribeUserPool: () => ({
      UserPool: {
        Id: this.id,
        EstimatedNumberOfUsers: this.users.size,
        UsernameConfiguration: { CaseSensitive: this.options.caseSensitive ?? false },
        UsernameAttributes: this.options.usernameAttributes,
        AliasAttributes: this.options.aliasAttributes ?? ["email"],
        SchemaAttributes: [...STANDARD, ...(this.options.custom ?? [])].map((Name) => ({
          Name,
          Required: ["sub", ...(this.options.required ?? ["email"])].includes(Name),
        })),
      },
    }),
    ListUsers: ({ PaginationToken }) => {
      this.listed ??= [...this.users.values()];
      const start = PaginationToken === undefined ? 0 : Number(String(PaginationToken).replace(`${this.id}:`, ""));
      if (Number.isNaN(start)) return error("InvalidParameterException", "Invalid pagination token");
      const end = start + PAGE;
      return {
        Users: this.listed.slice(start, end).map((user) => describe(user)),
        ...(end < this.listed.length ? { PaginationToken: `${this.id}:${end}` } : {}),
      };
    },
    AdminGetUser: ({ Username }) => {
      const user = this.users.get(this.key(Username));
      if (!user) return error("UserNotFoundException", "User does not exist.");
      const { Attributes, ...rest } = describe(user);
      return { ...rest, UserAttributes: Attributes };
    },
    AdminCreateUser: ({ Username, UserAttributes, MessageAction }) => {
      const there = this.users.get(this.key(Username));
      if (there && MessageAction === "RESEND") {
        if (there.status !== "FORCE_CHANGE_PASSWORD") return error("UnsupportedUserStateException", there.status);
        this.invited.push(there.username);
        return { User: describe(there) };
      }
      if (there) return error("UsernameExistsException", "User account already exists");
      const attributes = UserAttributes as Array<{ Name: string; Value: string }>;
      const user = this.add(String(Username), Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value])), {
        status: "FORCE_CHANGE_PASSWORD",
      });
      if (MessageAction !== "SUPPRESS") this.invited.push(user.username);
      return { User: describe(user) };
    },
    AdminDisableUser: ({ Username }) =>
      this.change(Username, (user) => {
        user.enabled = false;
      }),
    AdminAddUserToGroup: ({ Username, GroupName }) =>
      this.groups.has(String(GroupName))
        ? this.change(Username, ({ groups }) => void groups.add(String(GroupName)))
        : error("ResourceNotFoundException", "Group not found."),
    ListGroups: () => ({ Groups: [...this.groups.values()] }),
    CreateGroup: ({ UserPoolId: _, ...group }) => {
      this.groups.set(String(group.GroupName), group);
      return { Group: group };
    },
    ListUsersInGroup: ({ GroupName, NextToken }) => {
      const members = [...this.users.values()].filter(({ groups }) => groups.has(String(GroupName)));
      const start = Number(NextToken ?? 0);
      return {
        Users: members.slice(start, start + PAGE).map((user) => describe(user)),
        ...(start + PAGE < members.length ? { NextToken: String(start + PAGE) } : {}),
      };
    },
  };

  private change(username: unknown, work: (user: StubUser) => void): Reply {
    const user = this.users.get(this.key(username));
    if (!user) return error("UserNotFoundException", "User does not exist.");
    work(user);
    return {};
  }

  private key(username: unknown): string {
    return this.options.caseSensitive ? String(username) : String(username).toLowerCase();
  }
}

function describe({ username, attributes, status, enabled }: StubUser) {
  return {
    Username: username,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    UserStatus: status,
    Enabled: enabled,
    UserCreateDate: CREATED,
    UserLastModifiedDate: CREATED,
  };
}

function error(name: string, message: string): Reply {
  return { error: name, message };
}
