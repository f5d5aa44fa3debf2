import {
  canonicalEmail,
  canonicalUsername,
  type Identifier,
  type SpellingProblem,
  spellingProblem,
} from "../identity/canonical";
import { LONGEST_FILTER, usersFilter } from "../identity/filter";
import type { Reason } from "../trigger/messages";
import { Refusal } from "../trigger/refusal";

/** The identifiers that a sign-up claims in a user pool. */
export interface Wanted {
  readonly userPoolId: string;
  readonly username: Identifier;
  readonly email: Identifier;
}

/** Characters: "Username" of SignUp, Cognito API reference; "Path" of RFC 5321, section 4.5.3.1.3, without < and >. */
const LONGEST = { username: 128, email: 254 };

/** The identifiers of a sign-up. Throws a {@link Refusal} if one is missing or has a spelling that is not admitted. */
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
  if (problem) throw spellingRefusal(name, problem);
  // A filter can be longer than its value, by escaping and by the lower case of some letters.
  const longest = Math.max(...[typed, canonical].map((spelling) => usersFilter(name, spelling).length));
  if (longest > LONGEST_FILTER) throw new Refusal(reasons.tooLong);
  return { typed, canonical };
}

/** The refusal of an identifier's spelling. */
export function spellingRefusal(name: "username" | "email", problem: SpellingProblem): Refusal {
  return new Refusal(REASONS[name][problem]);
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
