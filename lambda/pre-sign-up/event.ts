import {
  canonicalEmail,
  canonicalUsername,
  type Identifier,
  type SpellingProblem,
  spellingProblem,
} from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import type { Reason } from "./messages";
import { Refusal } from "./refusal";

/** The identifiers that somebody wants in a user pool. */
export interface Wanted {
  readonly userPoolId: string;
  readonly username: Identifier;
  readonly email: Identifier;
}

/** What somebody asks for, read from an event that may hold anything. */
export interface SignUp extends Wanted {
  readonly trigger: Trigger;
  /** Whether an identity provider says that the address has been verified. */
  readonly emailVerified: boolean;
}

export const TRIGGERS = ["PreSignUp_SignUp", "PreSignUp_AdminCreateUser", "PreSignUp_ExternalProvider"] as const;
export type Trigger = (typeof TRIGGERS)[number];

/** Characters: "Username" of SignUp, Cognito API reference; "Path" of RFC 5321, section 4.5.3.1.3, without < and >. */
const LONGEST = { username: 128, email: 254 };

/**
 * Reads a Pre-SignUp event. Throws a {@link Refusal} for one that is not as Cognito sends it, or that has no username,
 * no e-mail address, or one that is not written in its canonical form up to letter case.
 *
 * `validationData` and `clientMetadata` are the caller's own words and are not read.
 */
export function readSignUp(event: unknown): SignUp {
  const trigger = TRIGGERS.find((known) => known === field(event, "triggerSource"));
  const userPoolId = field(event, "userPoolId");
  if (!trigger || typeof userPoolId !== "string" || userPoolId === "") throw new Refusal("unavailable");

  const attributes = field(field(event, "request"), "userAttributes");
  return {
    trigger,
    ...wanted(userPoolId, field(event, "userName"), field(attributes, "email")),
    emailVerified: ["true", true].includes(field(attributes, "email_verified") as string | boolean),
  };
}

/** Identifiers that may be wanted, each written in its canonical form up to letter case; throws a {@link Refusal}. */
export function wanted(userPoolId: string, username: unknown, email: unknown): Wanted {
  return {
    userPoolId,
    username: identifier("username", username, canonicalUsername),
    email: identifier("email", email, canonicalEmail),
  };
}

function identifier(name: "username" | "email", typed: unknown, canonicalize: (typed: string) => string): Identifier {
  const reasons = REASONS[name];
  if (typeof typed !== "string" || typed === "") throw new Refusal(reasons.missing);
  if (typed.length > LONGEST[name]) throw new Refusal(reasons.tooLong);
  const canonical = canonicalize(typed);
  const problem = spellingProblem({ typed, canonical });
  if (problem) throw new Refusal(reasons[problem]);
  // Escaping makes a filter longer than what it looks for, and so does the lower case of some letters.
  const longest = Math.max(...[typed, canonical].map((spelling) => usersFilter(name, spelling).length));
  if (longest > LONGEST_FILTER) throw new Refusal(reasons.tooLong);
  return { typed, canonical };
}

const REASONS: Record<"username" | "email", Record<SpellingProblem | "missing" | "tooLong", Reason>> = {
  username: {
    missing: "usernameMissing",
    tooLong: "usernameTooLong",
    invisible: "usernameInvisible",
    blank: "usernameBlank",
    compatibility: "usernameCompatibility",
    case: "usernameCase",
    domain: "usernameDomain",
  },
  email: {
    missing: "emailMissing",
    tooLong: "emailTooLong",
    invisible: "emailInvisible",
    blank: "emailBlank",
    compatibility: "emailCompatibility",
    case: "emailCase",
    domain: "emailDomain",
  },
};

/** An own property of an object; undefined of anything else. */
export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
