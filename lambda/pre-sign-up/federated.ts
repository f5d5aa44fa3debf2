import { AwsError, type Call } from "../aws/client";
import { field } from "../trigger/event";
import { Refusal } from "../trigger/refusal";
import { type Directory, spellingFilters } from "../uniqueness/directory";
import type { SignUp } from "./event";

/** Links a federated sign-up to the account that has its e-mail address. Returns whether it did. */
export type LinkToOwner = (signUp: SignUp, deadline: number) => Promise<boolean>;

export interface LinkConfig {
  readonly cognito: Call;
  readonly directory: Directory;
  /** Names of the pool's identity providers in their original letter case, which usernames may have lost. */
  readonly identityProviders: readonly string[];
}

/**
 * Links only if both sides have verified the address: the provider reports it as verified, and exactly one account has it and
 * has verified it too. Otherwise an attacker could sign up with another user's address, wait, and share their account.
 *
 * Throws a {@link Refusal} if the link could be to a wrong identity, or if Cognito rejects it permanently.
 */
export function linkToOwner({ cognito, directory, identityProviders }: LinkConfig): LinkToOwner {
  return async ({ userPoolId, username, email, emailVerified, identities }, deadline) => {
    const source = identityOf(username.typed, identityProviders);
    if (!email || !emailVerified || !source) return false;
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
      // Cognito calls a trigger up to three times, and a response may be lost: the link exists already.
      if (/already linked to/i.test(String(error.body?.message))) return true;
      throw new Refusal("emailNotLinked");
    }
    return true;
  };
}

/** Permanent errors of AdminLinkProviderForUser: Cognito API reference. */
const FOR_GOOD = ["InvalidParameterException", "AliasExistsException", "LimitExceededException"];

interface Identity {
  readonly provider: string;
  readonly subject: string;
}

/** Provider and subject of a federated username, `Google_123`; undefined if no known provider matches. */
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
 * The subject in the provider's spelling; undefined if it cannot be known. Cognito lower-cases usernames for triggers, and a
 * subject in another letter case is another identity. The spelling is certain if lower-casing cannot have changed it (no
 * cased letters, or one in upper case), or if the event has the original spelling.
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
