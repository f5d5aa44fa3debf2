import { canonicalEmail, canonicalUsername, spellingProblem } from "../../lambda/identity/canonical";
import type { PoolDescription } from "../pool/directory";
import { isVerified, type User } from "../pool/user";

/** The properties of an account that are created in the new pool. */
export interface Carried {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly enabled: boolean;
}

/** What the operator wants for all accounts. */
export interface CarryOptions {
  /** Whether a username that Cognito refuses for its format ({@link refusedFormat}) becomes the account's old id. @default the account is in conflict */
  readonly renameToId?: boolean | undefined;
}

/** The properties that are carried over, and the names of the attributes that are not. */
export function carriedOver(
  user: User,
  groups: readonly string[],
  target: PoolDescription,
  { renameToId = false }: CarryOptions = {},
) {
  const attributes: Record<string, string> = {};
  const lost: string[] = [];
  for (const [name, value] of Object.entries(user.attributes)) {
    if (name === "sub" || name.startsWith("cognito:")) continue;
    if (name === LINKS) {
      lost.push(name);
      continue;
    }
    const claim = VERIFIED.get(name);
    if (claim !== undefined) {
      // Copy *_verified only if the old pool says true and the attribute exists.
      if (value.toLowerCase() === "true" && user.attributes[claim]) attributes[name] = "true";
    } else if (target.attributes.includes(name) && !isLateAlias(name, target)) attributes[name] = value;
    else lost.push(name);
  }
  const own = renameToId && refusedFormat(user.username, target.aliases) ? user.sub : user.username;
  const username = target.usernames === "email" ? (user.attributes.email ?? "") : own;
  return {
    carried: { username, attributes, groups, enabled: user.enabled } satisfies Carried,
    lost,
  };
}

const FORMATS = [
  { alias: "email", format: /^[^\s@]+@[^\s@]+$/, name: "an e-mail address" },
  { alias: "phone_number", format: /^\+\d+$/, name: "a phone number" },
] as const;

/**
 * What a username looks like, where Cognito refuses that: a username may not have the format of an alias of its pool ("Username cannot be of email
 * format, since user pool is configured for email alias").
 */
export function refusedFormat(username: string, aliases: readonly string[]): string | undefined {
  return FORMATS.find(({ alias, format }) => aliases.includes(alias) && format.test(username))?.name;
}

/** Links to identity providers. Every pool has the attribute, and Cognito does not let it be written. */
const LINKS = "identities";

const VERIFIED: ReadonlyMap<string, string> = new Map([
  ["email_verified", "email"],
  ["phone_number_verified", "phone_number"],
]);

/** Cognito accepts a preferred_username that is an alias only for confirmed accounts. */
function isLateAlias(name: string, { aliases }: PoolDescription): boolean {
  return name === "preferred_username" && aliases.includes(name);
}

/** Why an account can never be moved, whatever the decision; undefined if it can. */
export function inactiveReason({ status }: User): string | undefined {
  if (status === "UNCONFIRMED") return "never confirmed its sign-up";
  if (status === "ARCHIVED") return "is archived";
  return undefined;
}

/** Why an account cannot be created in the new pool; undefined if it can. */
export function hindrance(user: User, target: PoolDescription): string | undefined {
  if (user.status === "EXTERNAL_PROVIDER")
    return "comes from an identity provider, which creates it at the next sign-in";
  if (!user.attributes.email) return "has no e-mail address for the invitation";
  const missing = target.required.filter((name) => !user.attributes[name]);
  if (missing.length > 0) return `has no ${missing.join(", ")}, which the new pool requires`;
  return undefined;
}

/** "Username" of AdminCreateUser, Cognito API reference. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/** Why Cognito, or the Pre-SignUp function, would refuse an account's names in a pool with these aliases; undefined if neither would. */
export function refusedName(
  username: string,
  email: string | undefined,
  aliases: readonly string[],
): string | undefined {
  const format = refusedFormat(username, aliases);
  if (format) return `its username is ${format}, which is refused where users can sign in with one: it needs another`;
  if (!USERNAME.test(username)) return "its username would be refused: it has a blank, or more than 128 characters";
  const inUsername = spellingProblem({ typed: username, canonical: canonicalUsername(username) });
  if (inUsername)
    return `its username would be refused (${inUsername}); it would have to be ${canonicalUsername(username)}`;
  const inEmail = email && spellingProblem({ typed: email, canonical: canonicalEmail(email) });
  return inEmail ? `its e-mail address would be refused (${inEmail})` : undefined;
}

/**
 * Whether an account of the new pool certainly belongs to the same user: both identifiers are equal, and the account is
 * either an invitation that was not used yet, or has verified the address. An attacker can sign up with another user's name.
 */
export function isSameUser(
  { username, attributes }: Pick<Carried, "username" | "attributes">,
  there: User,
  { usernames }: Pick<PoolDescription, "usernames">,
): boolean {
  const { email } = there.attributes;
  if (!email || !attributes.email || canonicalEmail(email) !== canonicalEmail(attributes.email)) return false;
  if (usernames === "own" && canonicalUsername(there.username) !== canonicalUsername(username)) return false;
  return there.status === "FORCE_CHANGE_PASSWORD" || (there.status !== "UNCONFIRMED" && isVerified(there));
}
