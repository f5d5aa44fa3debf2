import type { TypedProvider } from "./settings";

/** "ProviderDetails" of CreateIdentityProvider, Cognito API reference. */
type Details = Readonly<Record<string, string>>;

/**
 * The details of a provider with what AWS fills in where it is left out: every later plan would take that away again ("Describe response" of
 * ProviderDetails, Cognito API reference). What AWS fills in of its own is in {@link FILLED_IN}.
 *
 * @param secret the client's secret, or Apple's private key
 */
export function detailsOf(provider: TypedProvider, secret: string | undefined): Details {
  switch (provider.type) {
    case "Google":
      return {
        ...client(provider, secret),
        authorize_scopes: (provider.scopes ?? ["openid", "email", "profile"]).join(" "),
        attributes_url: "https://people.googleapis.com/v1/people/me?personFields=",
        attributes_url_add_attributes: "true",
        authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
        oidc_issuer: "https://accounts.google.com",
        token_request_method: "POST",
        token_url: "https://www.googleapis.com/oauth2/v4/token",
      };
    case "Facebook": {
      const { apiVersion = "v17.0", scopes = ["public_profile", "email"] } = provider;
      return {
        ...client(provider, secret),
        authorize_scopes: scopes.join(","),
        api_version: apiVersion,
        attributes_url: `https://graph.facebook.com/${apiVersion}/me?fields=`,
        attributes_url_add_attributes: "true",
        authorize_url: `https://www.facebook.com/${apiVersion}/dialog/oauth`,
        token_request_method: "GET",
        token_url: `https://graph.facebook.com/${apiVersion}/oauth/access_token`,
      };
    }
    case "LoginWithAmazon":
      return {
        ...client(provider, secret),
        authorize_scopes: (provider.scopes ?? ["profile"]).join(" "),
        attributes_url: "https://api.amazon.com/user/profile",
        attributes_url_add_attributes: "false",
        authorize_url: "https://www.amazon.com/ap/oa",
        token_request_method: "POST",
        token_url: "https://api.amazon.com/auth/o2/token",
      };
    case "SignInWithApple":
      return {
        client_id: provider.clientId,
        team_id: provider.teamId,
        key_id: provider.keyId,
        ...(secret !== undefined && { private_key: secret }),
        authorize_scopes: (provider.scopes ?? ["email", "name"]).join(" "),
        attributes_url_add_attributes: "false",
        authorize_url: "https://appleid.apple.com/auth/authorize",
        oidc_issuer: "https://appleid.apple.com",
        token_request_method: "POST",
        token_url: "https://appleid.apple.com/auth/token",
      };
    case "OIDC": {
      const { endpoints } = provider;
      return {
        ...client(provider, secret),
        oidc_issuer: provider.issuer,
        authorize_scopes: (provider.scopes ?? ["openid", "email", "profile"]).join(" "),
        attributes_request_method: provider.attributesRequestMethod ?? "GET",
        attributes_url_add_attributes: "false",
        ...(endpoints && {
          authorize_url: endpoints.authorization,
          token_url: endpoints.token,
          attributes_url: endpoints.userInfo,
          jwks_uri: endpoints.jwksUri,
        }),
      };
    }
    case "SAML": {
      const { metadataUrl, metadataFile, requestSigningAlgorithm } = provider;
      return {
        ...(metadataUrl !== undefined && { MetadataURL: metadataUrl }),
        ...(metadataFile !== undefined && { MetadataFile: metadataFile }),
        IDPSignout: String(provider.idpSignout ?? false),
        IDPInit: String(provider.idpInitiated ?? false),
        EncryptedResponses: String(provider.encryptedResponses ?? false),
        ...(requestSigningAlgorithm !== undefined && { RequestSigningAlgorithm: requestSigningAlgorithm }),
      };
    }
  }
}

function client({ clientId }: { readonly clientId: string }, secret: string | undefined): Details {
  return { client_id: clientId, ...(secret !== undefined && { client_secret: secret }) };
}

/**
 * Details that a configuration cannot repeat. Cognito makes the certificate and reads the addresses from the metadata. It never answers a
 * private key: hashicorp/terraform-provider-aws#13582.
 */
export const FILLED_IN: Readonly<Partial<Record<TypedProvider["type"], readonly string[]>>> = {
  SAML: ["ActiveEncryptionCertificate", "SLORedirectBindingURI", "SSORedirectBindingURI"],
  SignInWithApple: ["private_key"],
};
