import { at, isUnset, isUrl, type Value } from "../value";
import {
  type At,
  type Attribute,
  begins,
  COMMON,
  COMPUTED,
  FREE,
  found,
  identity,
  type ResourceType,
  reference,
  rising,
  superset,
  when,
} from "./type";

const LOST =
  "Users who sign in through the identity provider can no longer do so: their accounts stay, and no password opens them.";

const ANOTHER =
  "Sign-ins would be believed from another place than today: its operator can sign in as any user of this identity provider.";

/** What says which party vouches for the users. */
const party = begins("identity-provider-another", ANOTHER);

/** Hosts of the providers that Cognito knows: "ProviderDetails" of CreateIdentityProvider, Cognito API reference. */
const HOSTS: Readonly<Record<string, readonly string[]>> = {
  Google: [
    ...["accounts.google.com", "people.googleapis.com", "openidconnect.googleapis.com", "www.googleapis.com"],
    "oauth2.googleapis.com",
  ],
  Facebook: ["www.facebook.com", "graph.facebook.com"],
  SignInWithApple: ["appleid.apple.com"],
  LoginWithAmazon: ["www.amazon.com", "api.amazon.com"],
};

/** An address of a provider that Cognito knows is at its own hosts; that of any other does not change. */
const endpoint = when("guarded", "identity-provider-another", ANOTHER, (_, to, { isNew, change }) => {
  const hosts = HOSTS[String(at(change.after, "provider_type"))];
  if (hosts === undefined) return isNew;
  return typeof to === "string" && to.startsWith("https://") && isUrl(to) && hosts.includes(new URL(to).hostname);
});

/** Read from where it is stored, and so marked; a new one of the same client is the same party's. */
const secret: Attribute = {
  kind: "guarded",
  rule: "identity-provider-secret",
  finds: (_, to, place) =>
    isUnset(to) || isMarked(place)
      ? []
      : [
          found(
            "identity-provider-secret",
            "The provider's secret would be written in the configuration: it is in Git, and in the text of every plan.",
          ),
        ],
};

function isMarked({ change: { afterSensitive } }: At): boolean {
  const details = at(afterSensitive, "provider_details");
  return (
    afterSensitive === true ||
    details === true ||
    at(details, "client_secret") === true ||
    at(details, "private_key") === true
  );
}

const scopesOf = (scopes: Value) => (typeof scopes === "string" ? scopes.split(/[\s,]+/) : []);

export const IDENTITY_PROVIDER: ResourceType = {
  type: "aws_cognito_identity_provider",
  lost: () => [found("identity-provider-lost", LOST)],
  forgotten: found(
    "forgotten",
    "Users still sign in through the identity provider, but nothing plans or checks it here from now on.",
  ),
  attributes: {
    ...COMMON,
    provider_name: identity("identity-provider-lost", LOST),
    provider_type: identity("identity-provider-lost", LOST),
    user_pool_id: reference("identity-provider-lost", LOST, "aws_cognito_user_pool", "id"),
    idp_identifiers: superset(
      "identity-provider-identifiers",
      (less) => `Sign-ins that choose the identity provider by ${less} would be refused.`,
    ),
    attribute_mapping: begins(
      "identity-provider-mapping",
      "Other claims of the provider would become attributes of its users, at each sign-in: an e-mail address, whether it is verified, or what an application trusts.",
    ),

    "provider_details.client_id": party,
    "provider_details.team_id": party,
    "provider_details.MetadataURL": party,
    "provider_details.MetadataFile": party,
    "provider_details.oidc_issuer": endpoint,
    "provider_details.authorize_url": endpoint,
    "provider_details.token_url": endpoint,
    "provider_details.attributes_url": endpoint,
    "provider_details.jwks_uri": endpoint,

    "provider_details.client_secret": secret,
    "provider_details.private_key": secret,
    "provider_details.key_id": FREE,
    "provider_details.authorize_scopes": when(
      "safer",
      "identity-provider-mapping",
      "The provider would no longer say all that it says today: attributes of its users would be missing, or a sign-in be refused.",
      (from, to, { isNew }) => isNew || scopesOf(from).every((scope) => scopesOf(to).includes(scope)),
    ),
    "provider_details.api_version": FREE,
    "provider_details.attributes_url_add_attributes": FREE,
    "provider_details.attributes_request_method": FREE,
    "provider_details.token_request_method": FREE,

    "provider_details.IDPSignout": FREE,
    "provider_details.IDPInit": when(
      "safer",
      "identity-provider-signed",
      "Cognito would also accept sign-ins that were not begun here: a link could sign a user in to another person's account.",
      (_, to, { isNew }) => isNew || to !== "true",
    ),
    "provider_details.EncryptedResponses": rising(
      "identity-provider-signed",
      "Assertions would no longer have to be encrypted.",
      ["false", "true"],
      "false",
    ),
    "provider_details.RequestSigningAlgorithm": when(
      "safer",
      "identity-provider-signed",
      "Cognito would no longer sign its requests: a provider that asks for it refuses every sign-in.",
      (_, to) => !isUnset(to),
    ),
    "provider_details.ActiveEncryptionCertificate": COMPUTED,
    "provider_details.SLORedirectBindingURI": COMPUTED,
    "provider_details.SSORedirectBindingURI": COMPUTED,
  },
};
