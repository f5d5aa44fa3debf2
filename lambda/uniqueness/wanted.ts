import {
  canonicalOf,
  DEFAULT_IDENTIFIERS,
  IDENTIFIERS,
  type IdentifierName,
  type Identifiers,
} from "../identity/account";
import { type Identifier, type SpellingProblem, spellingProblem } from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import { isPhone } from "../identity/phone";
import type { Reason } from "../trigger/messages";
import { Refusal } from "../trigger/refusal";

/** The identifiers that a sign-up claims in a user pool. */
export interface Wanted {
  readonly userPoolId: string;
  /** Where users sign in with an e-mail address or a phone number instead of a username, Cognito makes it, and it is not claimed. */
  readonly username: Identifier;
  readonly email?: Identifier;
  readonly phone_number?: Identifier;
  /** The username: no other account may have it as its preferred username. Only where users sign in with that. */
  readonly preferred_username?: Identifier;
}

/** Characters: "Username" of SignUp, Cognito API reference; "Path" of RFC 5321, section 4.5.3.1.3, without < and >. */
const LONGEST = { username: 128, email: 254 };

type AttributeName = Exclude<IdentifierName, "username">;

/** The identifiers of a sign-up. Throws a {@link Refusal} if one is missing or has a spelling that is not admitted. */
export function wanted(
  userPoolId: string,
  typedUsername: unknown,
  attribute: (name: AttributeName) => unknown,
  identifiers: Identifiers = DEFAULT_IDENTIFIERS,
): Wanted {
  const given = (name: AttributeName) => {
    const value = attribute(name);
    return identifiers[name] === "required" || value !== undefined ? { value } : undefined;
  };
  const username = text("username", typedUsername);
  const email = identifiers.email && given("email");
  const phone = identifiers.phone_number && given("phone_number");
  if (!identifiers.username && !email && !phone) throw new Refusal("emailOrPhoneMissing");
  // No trigger would run for a later change, so a preferred username cannot be kept unique. Cognito takes none in a sign-up either.
  if (identifiers.preferred_username && given("preferred_username")) throw new Refusal("preferredUsernameGiven");
  return {
    userPoolId,
    username,
    ...(email && { email: text("email", email.value) }),
    ...(phone && { phone_number: phoneNumber(phone.value) }),
    ...(identifiers.preferred_username && { preferred_username: username }),
  };
}

/** What a sign-up claims, of the identifiers that its pool keeps unique. */
export function claimsOf(signUp: Wanted, identifiers: Identifiers = DEFAULT_IDENTIFIERS): IdentifierName[] {
  return IDENTIFIERS.filter((name) => identifiers[name] && signUp[name]);
}

/** An identifier that the sign-up claims. */
export function identifierOf(signUp: Wanted, name: IdentifierName): Identifier {
  const identifier = signUp[name];
  if (!identifier) throw new TypeError(`The sign-up claims no ${name}.`);
  return identifier;
}

function text(name: "username" | "email", typed: unknown): Identifier {
  const reasons = REASONS[name];
  if (typeof typed !== "string" || typed === "") throw new Refusal(reasons.missing);
  if (typed.length > LONGEST[name]) throw new Refusal(reasons.tooLong);
  const canonical = canonicalOf(name, typed);
  const problem = spellingProblem({ typed, canonical });
  if (problem) throw spellingRefusal(name, problem);
  // A filter can be longer than its value, by escaping and by the lower case of some letters.
  const longest = Math.max(...[typed, canonical].map((spelling) => usersFilter(name, spelling).length));
  if (longest > LONGEST_FILTER) throw new Refusal(reasons.tooLong);
  return { typed, canonical };
}

function phoneNumber(typed: unknown): Identifier {
  if (typeof typed !== "string" || typed === "") throw new Refusal("phoneMissing");
  if (!isPhone(typed)) throw new Refusal("phoneForm");
  return { typed, canonical: canonicalOf("phone_number", typed) };
}

/** The refusal of an identifier's spelling. */
export function spellingRefusal(name: IdentifierName, problem: SpellingProblem): Refusal {
  if (name === "phone_number") return new Refusal("phoneForm");
  return new Refusal(REASONS[name === "email" ? name : "username"][problem]);
}

/** The reason to refuse a sign-up whose identifier is taken. A user that signs in with a preferred username types it as a username. */
export const TAKEN = {
  username: "usernameTaken",
  email: "emailTaken",
  phone_number: "phoneTaken",
  preferred_username: "usernameTaken",
} as const satisfies Record<IdentifierName, Reason>;

const REASONS: Record<"username" | "email", Record<SpellingProblem | "missing" | "tooLong", Reason>> = {
  username: {
    missing: "usernameMissing",
    tooLong: "usernameTooLong",
    invisible: "usernameInvisible",
    blank: "usernameBlank",
    compatibility: "usernameCompatibility",
    case: "usernameCase",
    domain: "usernameDomain",
    domainForm: "usernameDomain",
  },
  email: {
    missing: "emailMissing",
    tooLong: "emailTooLong",
    invisible: "emailInvisible",
    blank: "emailBlank",
    compatibility: "emailCompatibility",
    case: "emailCase",
    domain: "emailDomain",
    domainForm: "emailDomainForm",
  },
};
