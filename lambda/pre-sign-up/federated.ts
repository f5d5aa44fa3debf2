import { AwsError, type Call } from "../aws/client";
import { field } from "../trigger/event";
import { Refusal } from "../trigger/refusal";
import { type Directory, spellingFilters } from "../uniqueness/directory";
import type { SignUp } from "./event";

/** Links a sign-up through an identity provider to the account that has its e-mail address; answers whether it did. */
export type LinkToOwner = (signUp: SignUp, deadline: number) => Promise<boolean>;

export interface LinkConfig {
  readonly cognito: Call;
  readonly directory: Directory;
  /** Names of the pool's identity providers, in their own letter case, which usernames may not keep. */
  readonly identityProviders: readonly string[];
}

/**
 * Links only where both sides have proved the address: the provider says that it is verified, and the one account that
 * has it has verified it too. Otherwise an attacker could sign up with another's address, wait, and share their account.
 *
 * Throws a {@link Refusal} where the link would be to a wrong identity, or is one that Cognito refuses for good.
 */
export function linkToOwner({ cognito, directory, identityProviders }: LinkConfig): LinkToOwner {
  return async ({ userPoolId, username, email, emailVerified, identities }, deadline) => {
    const source = identityOf(username.typed, identityProviders);
    if (!emailVerified || !source) return false;
    const filters = spellingFilters("email", email);
    const [owner, ...more] = await directory.owners(userPoolId, "email", email.canonical, filters, deadline);
    if (!owner || more.some((other) => other.username !== owner.username)) return false;
    if (owner.status !== "CONFIRMED" || !owner.emailVerified) return false;
    const subject = originalSubject(source, identities);
    if (subject === undefined) throw new Refusal("emailNotLinked");
    const input = {
      UserPoolId: userPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: owner.username },
      SourceUser: {
        ProviderName: source.provider,
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: subject,
      },
    };
    try {
      await cognito("AWSCognitoIdentityProviderService.AdminLinkProviderForUser", input, deadline);
    } catch (error) {
      if (!(error instanceof AwsError) || !FOR_GOOD.includes(error.code)) throw error;
      // Cognito calls a trigger up to three times, and an answer may be lost: the link is there.
      if (/already linked to/i.test(String(error.body?.message))) return true;
      throw new Refusal("emailNotLinked");
    }
    return true;
  };
}

/** What AdminLinkProviderForUser answers to the same request every time: Cognito API reference. */
const FOR_GOOD = ["InvalidParameterException", "AliasExistsException", "LimitExceededException"];

interface Identity {
  readonly provider: string;
  readonly subject: string;
}

/** Provider and subject of a federated username, `Google_123`; undefined for one of no provider that is known. */
export function identityOf(username: string, identityProviders: readonly string[]): Identity | undefined {
  const lower = username.toLowerCase();
  // The longest name first: `Okta_EU` before `Okta`.
  const provider = [...identityProviders]
    .sort((a, b) => b.length - a.length)
    .find((name) => lower.startsWith(`${name.toLowerCase()}_`));
  const subject = provider && username.slice(provider.length + 1);
  return provider && subject ? { provider, subject } : undefined;
}

/**
 * The subject as the provider spells it; undefined where that cannot be known. Cognito lower-cases usernames for triggers,
 * and a subject in another letter case is another identity. Certain is a subject that lower-casing cannot have changed:
 * one without letters that have a case, or with one in upper case; and one that the event repeats in its own spelling.
 */
export function originalSubject({ provider, subject }: Identity, identities?: string): string | undefined {
  const lower = subject.toLowerCase();
  if (lower === subject.toUpperCase() || lower !== subject) return subject;
  let listed: unknown;
  try {
    listed = JSON.parse(identities ?? "[]");
  } catch {
    return undefined;
  }
  if (!Array.isArray(listed)) return undefined;
  const spellings = listed
    .filter((identity) => field(identity, "providerName") === provider)
    .map((identity) => field(identity, "userId"))
    .filter((userId): userId is string => typeof userId === "string" && userId.toLowerCase() === lower);
  return new Set(spellings).size === 1 ? spellings[0] : undefined;
}
