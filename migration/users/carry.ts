import { canonicalEmail, canonicalUsername, spellingProblem } from "../../lambda/identity/canonical";
import type { PoolDescription } from "./directory";
import { isVerified, type User } from "./user";

/** An account as it is to be made in the new pool. */
export interface Carried {
  readonly username: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly enabled: boolean;
}

/** What goes with an account that is made, and the names of attributes that cannot. */
export function carriedOver(user: User, groups: readonly string[], target: PoolDescription) {
  const attributes: Record<string, string> = {};
  const lost: string[] = [];
  for (const [name, value] of Object.entries(user.attributes)) {
    if (name === "sub" || name.startsWith("cognito:")) continue;
    const claim = VERIFIED[name];
    if (claim !== undefined) {
      // Nobody's word but the old pool's, about an address that is there.
      if (value.toLowerCase() === "true" && user.attributes[claim]) attributes[name] = "true";
    } else if (target.attributes.includes(name) && !isLateAlias(name, target)) attributes[name] = value;
    else lost.push(name);
  }
  const username = target.usernames === "email" ? (user.attributes.email ?? "") : user.username;
  return { carried: { username, attributes, groups, enabled: user.enabled } satisfies Carried, lost };
}

const VERIFIED: Readonly<Record<string, string>> = {
  email_verified: "email",
  phone_number_verified: "phone_number",
};

/** Cognito takes a preferred_username that is an alias only from accounts that are confirmed. */
function isLateAlias(name: string, { aliases }: PoolDescription): boolean {
  return name === "preferred_username" && aliases.includes(name);
}

/** Why an account is nobody who could be moved, whatever anybody decides; undefined where it is somebody. */
export function goneReason({ status }: User): string | undefined {
  if (status === "UNCONFIRMED") return "never confirmed its sign-up";
  if (status === "ARCHIVED") return "is archived";
  return undefined;
}

/** Why an account cannot be made in the new pool; undefined where it can. */
export function hindrance(user: User, target: PoolDescription): string | undefined {
  if (user.status === "EXTERNAL_PROVIDER") return "comes through an identity provider, at its next sign-in";
  if (!user.attributes.email) return "has no e-mail address to be invited at";
  const missing = target.required.filter((name) => !user.attributes[name]);
  if (missing.length > 0) return `has no ${missing.join(", ")}, which the new pool requires`;
  return undefined;
}

/** What the Pre-SignUp function would refuse about an account's spelling; undefined where it would not. */
export function misspelling(username: string, email: string | undefined): string | undefined {
  const inUsername = spellingProblem({ typed: username, canonical: canonicalUsername(username) });
  if (inUsername)
    return `its username would be refused (${inUsername}); it would have to be ${canonicalUsername(username)}`;
  const inEmail = email && spellingProblem({ typed: email, canonical: canonicalEmail(email) });
  return inEmail ? `its e-mail address would be refused (${inEmail})` : undefined;
}

/**
 * Whether an account of the new pool is certainly the same person's: both identifiers agree, and it was either made by an
 * administrator and not used yet, or has proved the address. Anybody can sign up under somebody else's name.
 */
export function isSamePerson(
  { username, attributes }: Pick<Carried, "username" | "attributes">,
  there: User,
  { usernames }: Pick<PoolDescription, "usernames">,
): boolean {
  const { email } = there.attributes;
  if (!email || !attributes.email || canonicalEmail(email) !== canonicalEmail(attributes.email)) return false;
  if (usernames === "own" && canonicalUsername(there.username) !== canonicalUsername(username)) return false;
  return there.status === "FORCE_CHANGE_PASSWORD" || (there.status !== "UNCONFIRMED" && isVerified(there));
}
