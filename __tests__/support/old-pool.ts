import { awsClient, type Call } from "../../lambda/aws/client";
import { logTo } from "../../lambda/trigger/log";
import { countTo } from "../../lambda/trigger/metrics";
import { byDirectory } from "../../lambda/uniqueness/by-directory";
import { Directory } from "../../lambda/uniqueness/directory";
import { listUsersWith } from "../../lambda/uniqueness/list-users";
import { byReservation } from "../../lambda/uniqueness/reservations";
import type { ReservationsTable } from "../../lambda/uniqueness/table";
import { userMigration } from "../../lambda/user-migration/handler";
import { NAMESPACE } from "../../lambda/user-migration/metrics";
import { cognitoPool } from "../../lambda/user-migration/old-pool";
import type { Accounts } from "./accounts";
import { DAY, NO_ACCOUNTS, observed } from "./handler";
import { type Reply, type Request, StubAws } from "./stub-aws";

export const OLD_POOL = "eu-west-1_OldPool01";
export const NEW_POOL = "eu-west-1_AbCdEfGhI";
export const PASSWORD = "Correct-Horse-1";

/** An account of the old pool. */
export interface OldUser {
  readonly username: string;
  readonly email?: string | undefined;
  readonly verified?: boolean;
  readonly status?: string;
  readonly enabled?: boolean;
  /** The challenge that AdminInitiateAuth returns after the right password. */
  readonly challenge?: string;
  readonly secondFactors?: readonly string[];
  readonly attributes?: Readonly<Record<string, string>>;
}

/** A user-migration event as Cognito sends it. */
export function signInEvent(userName: string, password: string | undefined = PASSWORD) {
  return {
    version: "1",
    triggerSource: "UserMigration_Authentication" as string,
    region: "eu-west-1",
    userPoolId: NEW_POOL,
    userName,
    callerContext: { awsSdkVersion: "aws-sdk-js-3", clientId: "1example23456789" },
    request: { password, validationData: null, clientMetadata: {} } as Record<string, unknown>,
    response: { userAttributes: null, finalUserStatus: null, messageAction: null, forceAliasCreation: null },
  };
}

export function forgottenEvent(userName: string) {
  const { request, ...event } = signInEvent(userName);
  const { password, ...rest } = request;
  return { ...event, triggerSource: "UserMigration_ForgotPassword", request: rest };
}

/**
 * A stub of the old pool: the responses to the three calls that the function makes, by Cognito's API reference. It is
 * case-sensitive, accepts a verified e-mail address as a username, and returns other responses from `instead`.
 */
export class OldPoolServer {
  users: OldUser[] = [];
  instead: (operation: string, request: Request) => Reply | undefined = () => undefined;
  private constructor(readonly stub: StubAws) {}

  static async start(): Promise<OldPoolServer> {
    const stub = await StubAws.start((request) => server.reply(request));
    const server = new OldPoolServer(stub);
    return server;
  }

  /** The called operations, in order. */
  get operations(): string[] {
    return this.stub.requests.map(({ target }) => target.replace(/^.*\./, ""));
  }

  private reply(request: Request): Reply {
    const operation = request.target.replace(/^.*\./, "");
    const { input } = request;
    const other = this.instead(operation, request);
    if (other) return other;
    if (operation === "ListUsers") return { Users: this.found(String(input.Filter)).map(listed) };
    const { USERNAME, PASSWORD: password } = (input.AuthParameters ?? {}) as Record<string, string>;
    const user = this.named(USERNAME ?? String(input.Username));
    if (!user) return { error: "UserNotFoundException", message: `User ${USERNAME} does not exist.` };
    if (operation === "AdminGetUser") return { ...listed(user), UserAttributes: listed(user).Attributes };
    if (user.enabled === false) return { error: "NotAuthorizedException", message: "User is disabled." };
    if (user.status === "RESET_REQUIRED") return { error: "PasswordResetRequiredException" };
    if (password !== PASSWORD) return { error: "NotAuthorizedException", message: "Incorrect username or password." };
    if (user.status === "UNCONFIRMED") return { error: "UserNotConfirmedException" };
    if (user.challenge) return { ChallengeName: user.challenge, Session: "s", ChallengeParameters: {} };
    return { AuthenticationResult: { AccessToken: "a", IdToken: "i", RefreshToken: "r" }, ChallengeParameters: {} };
  }

  private named(name: string): OldUser | undefined {
    return (
      this.users.find(({ username }) => username === name) ??
      this.users.find(({ email, verified = true }) => verified && email === name)
    );
  }

  private found(filter: string): OldUser[] {
    const value = /"(.*)"/.exec(filter)?.[1]?.replaceAll(/\\(.)/g, "$1");
    return this.users.filter((user) => (filter.startsWith("email") ? user.email : user.username) === value);
  }
}

function listed({ username, email, verified = true, status = "CONFIRMED", enabled = true, ...more }: OldUser) {
  const attributes = {
    sub: `sub-of-${username}`,
    ...(email && { email, email_verified: String(verified) }),
    ...more.attributes,
  };
  return {
    Username: username,
    UserStatus: status,
    Enabled: enabled,
    UserCreateDate: 1_700_000_000,
    Attributes: Object.entries(attributes).map(([Name, Value]) => ({ Name, Value })),
    ...(more.secondFactors && { UserMFASettingList: more.secondFactors }),
  };
}

/** A user pool of a local Cognito, and its client. */
export interface Where {
  readonly endpoint: string;
  readonly userPoolId: string;
  readonly clientId: string;
}

export interface MigrationParts {
  readonly oldPool: OldPoolServer | Where;
  /** The accounts of the new pool. */
  readonly accounts: Pick<Accounts, "listUsers"> & Partial<Pick<Accounts, "accounts">>;
  /** Without a table the function uses look-ups only. */
  readonly table?: ReservationsTable | undefined;
  readonly now?: () => number;
  /** Milliseconds that Lambda says are left. */
  readonly remaining?: number;
  readonly renameToId?: boolean;
}

/** A client for a local Cognito. */
export function cognitoAt(endpoint: string): Call {
  return awsClient({
    service: "cognito-idp",
    region: "eu-west-1",
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    endpoint,
  });
}

/** The function with these parts, and its output. */
export function migrationOf({
  oldPool,
  accounts,
  table,
  now = Date.now,
  remaining = 4000,
  renameToId,
}: MigrationParts) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const { endpoint, userPoolId, clientId } =
    oldPool instanceof OldPoolServer
      ? { endpoint: oldPool.stub.endpoint, userPoolId: OLD_POOL, clientId: "1oldclient" }
      : oldPool;
  const call = cognitoAt(endpoint);
  const oldDirectory = new Directory({ listUsers: listUsersWith(call), unconfirmedHold: 0, now });
  const directory = new Directory({ listUsers: accounts.listUsers, unconfirmedHold: DAY, now });
  const pool = { directory, accounts: accounts.accounts ?? NO_ACCOUNTS };
  const handler = userMigration({
    oldPool: cognitoPool({ call, userPoolId, clientId, directory: oldDirectory }),
    uniqueness: table ? byReservation({ table, ...pool, now, reserveFor: "migration" }) : byDirectory(pool),
    renameToId,
    log: logTo(write, "DEBUG"),
    count: countTo(write, "acme-dev-user-migration", NAMESPACE),
  });
  return observed(handler, lines, remaining);
}
