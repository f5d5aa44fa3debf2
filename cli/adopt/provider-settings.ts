import { shortHash } from "../../modules/setting/names";
import { defined } from "../../modules/setting/setting";
import type { Existing, Values } from "./existing";

/** Scopes are separated by blanks, those of Facebook by commas. */
const scopesOf = (text: string | undefined) => text?.split(/[ ,]+/).filter((scope) => scope !== "");

/**
 * The parameter in SSM that a provider's secret is to be put into: no secret is read or written here. A provider whose name no parameter can have
 * gets a hash of it, so that two providers never share one.
 */
export function secretParameter(project: string, environment: string, provider: string): string {
  const name = provider.replace(/[^\w.-]+/g, "-");
  const hash = name === provider ? "" : `-${shortHash(provider)}`;
  return `/${project}/${environment}/identity-providers/${name}${hash}`;
}

/** Settings of an identity provider, as far as they say what these arguments say. */
export function providerSettings({ values }: Pick<Existing, "values">, ssmParameter: string): object {
  const details = (values.provider_details ?? {}) as Readonly<Record<string, string>>;
  const { username: _, ...attributeMapping } = (values.attribute_mapping ?? {}) as Readonly<Record<string, string>>;
  const common = {
    scopes: scopesOf(details.authorize_scopes),
    attributeMapping,
    identifiers: values.idp_identifiers,
  };
  const clientId = details.client_id;
  const clientSecret = { ssmParameter };
  switch (values.provider_type) {
    case "SAML":
      return defined({
        type: "SAML",
        metadataUrl: details.MetadataURL,
        metadataFile: details.MetadataURL === undefined ? details.MetadataFile : undefined,
        idpSignout: isTrue(details.IDPSignout),
        idpInitiated: isTrue(details.IDPInit),
        encryptedResponses: isTrue(details.EncryptedResponses),
        requestSigningAlgorithm: details.RequestSigningAlgorithm,
        ...common,
        scopes: undefined,
      });
    case "OIDC":
      return defined({
        type: "OIDC",
        clientId,
        clientSecret,
        issuer: details.oidc_issuer,
        attributesRequestMethod: details.attributes_request_method,
        endpoints: endpointsOf(details),
        ...common,
      });
    case "SignInWithApple":
      return defined({
        clientId,
        teamId: details.team_id,
        keyId: details.key_id,
        privateKey: { ssmParameter },
        ...common,
      });
    case "Facebook":
      return defined({ clientId, clientSecret, apiVersion: details.api_version, ...common });
    default:
      return defined({ clientId, clientSecret, ...common });
  }
}

const isTrue = (text: string | undefined) => (text === "true" ? true : undefined);

function endpointsOf(details: Readonly<Record<string, string>>) {
  const { authorize_url: authorization, token_url: token, attributes_url: userInfo, jwks_uri: jwksUri } = details;
  const all = { authorization, token, userInfo, jwksUri };
  return Object.values(all).every((url) => url !== undefined) ? all : undefined;
}

/** Whether a secret belongs to the provider: a SAML provider has none. */
export function hasProviderSecret({ provider_type }: Values): boolean {
  return provider_type !== "SAML";
}
