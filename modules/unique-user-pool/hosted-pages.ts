import { customDomainProblems, customDomainSettings } from "../custom-domain/settings";
import { managedLoginProblems, managedLoginSettings } from "../managed-login/settings";
import { type Problem, within } from "../setting/problems";
import type { Complete } from "../setting/setting";
import { uiCustomizationProblems, uiCustomizationSettings } from "../ui-customization/settings";
import { userPoolDomainSettings } from "../user-pool-domain/settings";

/** The hosted pages: where they are, and what they look like. */
export const hostedPagesSettings = {
  ...userPoolDomainSettings,
  ...customDomainSettings,
  ...managedLoginSettings,
  ...uiCustomizationSettings,
};

interface Pool {
  readonly region: string;
  readonly poolTier?: string | undefined;
  readonly passkeys?: { readonly relyingPartyId: string } | undefined;
}

/** What these settings must not be together, and not with those of the pool. */
export function hostedPagesProblems(settings: Complete<typeof hostedPagesSettings>, pool: Pool): Problem[] {
  const { customDomain, managedLogin, uiCustomization } = settings;
  return [
    ...customDomainProblems(customDomain, pool.region),
    ...managedLoginProblems(managedLogin, pool.poolTier),
    ...within(["uiCustomization"], uiCustomizationProblems(uiCustomization ?? {})),
    ...(uiCustomization && managedLogin
      ? [
          {
            path: ["uiCustomization"],
            value: uiCustomization,
            allowed: "nothing beside managedLogin, whose pages do not have it",
          },
        ]
      : []),
    ...passkeyProblems(settings, pool),
  ];
}

/** "RelyingPartyId" of WebAuthnConfigurationType, Cognito API reference. */
function passkeyProblems(
  { customDomain, managedLogin }: Complete<typeof hostedPagesSettings>,
  { passkeys }: Pool,
): Problem[] {
  if (!customDomain || !managedLogin || !passkeys || passkeys.relyingPartyId === customDomain.name) return [];
  const allowed = `${customDomain.name}, the name of customDomain, beside managedLogin`;
  return [{ path: ["passkeys", "relyingPartyId"], value: passkeys.relyingPartyId, allowed }];
}
