import { readFile } from "node:fs/promises";
import { type CognitoCall, isRefresh } from "../emulator/cognito-refusals";
import type { Block } from "../emulator/terraform-json";

/** A user as cognito-local keeps it. */
export interface StoredUser {
  readonly Username: string;
  /** Undefined where a user signs in without one. */
  readonly Password?: string;
  readonly Enabled?: boolean;
  readonly UserStatus?: string;
  readonly ConfirmationCode?: string;
  /** The code of a second factor that was sent. */
  readonly MFACode?: string;
  /** Whether the code is for a new password, not for a new account. */
  readonly ResetsPassword?: boolean;
  readonly RefreshTokens?: readonly string[];
  readonly Attributes: ReadonlyArray<{ readonly Name: string; readonly Value: string }>;
}

/** An attribute of a user; undefined where it has none. */
export function attributeOf({ Attributes }: StoredUser, name: string): string | undefined {
  return Attributes.find(({ Name }) => Name === name)?.Value;
}

/** Whether a user's address or number is verified. */
export function isVerified(user: StoredUser, name: string): boolean {
  return attributeOf(user, `${name}_verified`) === "true";
}

/** The user that Cognito finds by a name: a username, an id, or what users of the pool sign in with: beside a username once it is verified, instead of one the verified one first. */
function userNamed(name: string, users: readonly StoredUser[], pool: Block): StoredUser | undefined {
  const [caseOf] = [pool.username_configuration].flat() as ReadonlyArray<{ case_sensitive?: boolean } | undefined>;
  const same = (value: string | undefined) =>
    value !== undefined &&
    (caseOf?.case_sensitive === false ? value.toLowerCase() === name.toLowerCase() : value === name);
  const aliases = (pool.alias_attributes ?? []) as readonly string[];
  const isProved = (user: StoredUser, alias: string) => alias === "preferred_username" || isVerified(user, alias);
  const typed = (pool.username_attributes ?? []) as readonly string[];
  return (
    users.find((user) => same(user.Username) || attributeOf(user, "sub") === name) ??
    users.find((user) => typed.some((name) => isVerified(user, name) && same(attributeOf(user, name)))) ??
    users.find((user) => typed.some((attribute) => same(attributeOf(user, attribute)))) ??
    users.find((user) => aliases.some((alias) => isProved(user, alias) && same(attributeOf(user, alias))))
  );
}

/** The user that a call is about: by a refresh token, or by a name. `file` is cognito-local's of the pool. */
export async function userOf(call: CognitoCall, file: string, pool: Block): Promise<StoredUser | undefined> {
  const token = refreshTokenIn(call);
  const { Username, AuthParameters, ChallengeResponses } = call;
  const name = AuthParameters?.USERNAME ?? ChallengeResponses?.USERNAME ?? Username;
  if (token === undefined && name === undefined) return undefined;
  const users = await usersIn(file);
  if (token !== undefined) return users.find(({ RefreshTokens = [] }) => RefreshTokens.includes(token));
  return name === undefined ? undefined : userNamed(name, users, pool);
}

/** The refresh token that a call gets tokens for; undefined for another call. */
export function refreshTokenIn({ AuthFlow, AuthParameters, RefreshToken }: CognitoCall): string | undefined {
  if (isRefresh(AuthFlow)) return AuthParameters?.REFRESH_TOKEN;
  return typeof RefreshToken === "string" ? RefreshToken : undefined;
}

/** Every user in cognito-local's file of a pool, which is whole at every moment (cognito-store.mjs). */
async function usersIn(file: string): Promise<readonly StoredUser[]> {
  const { Users } = JSON.parse(await readFile(file, "utf8")) as { Users: Readonly<Record<string, StoredUser>> };
  return Object.values(Users);
}
