import type { Call } from "../aws/client";
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
 * has it has verified it too. Otherwise somebody could sign up with another's address, wait, and share their account.
 */
export function linkToOwner({ cognito, directory, identityProviders }: LinkConfig): LinkToOwner {
  return async ({ userPoolId, username, email, emailVerified }, deadline) => {
    const source = identityOf(username.typed, identityProviders);
    if (!emailVerified || !source) return false;
    const filters = spellingFilters("email", email);
    const [owner, ...more] = await directory.owners(userPoolId, "email", email.canonical, filters, deadline);
    if (!owner || more.some((other) => other.username !== owner.username)) return false;
    if (owner.status !== "CONFIRMED" || !owner.emailVerified) return false;
    const input = {
      UserPoolId: userPoolId,
      DestinationUser: { ProviderName: "Cognito", ProviderAttributeValue: owner.username },
      SourceUser: {
        ProviderName: source.provider,
        ProviderAttributeName: "Cognito_Subject",
        ProviderAttributeValue: source.subject,
      },
    };
    await cognito("AWSCognitoIdentityProviderService.AdminLinkProviderForUser", input, deadline);
    return true;
  };
}

/** Provider and subject of a federated username, `Google_123`; undefined for one of no provider that is known. */
export function identityOf(
  username: string,
  identityProviders: readonly string[],
): { provider: string; subject: string } | undefined {
  const lower = username.toLowerCase();
  // The longest name first: `Okta_EU` before `Okta`.
  const provider = [...identityProviders]
    .sort((a, b) => b.length - a.length)
    .find((name) => lower.startsWith(`${name.toLowerCase()}_`));
  const subject = provider && username.slice(provider.length + 1);
  return provider && subject ? { provider, subject } : undefined;
}
