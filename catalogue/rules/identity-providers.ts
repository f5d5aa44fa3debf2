import { API, CDK, GUIDE, long, refused, rule, written } from "./rule";

const clientSecret = { ssmParameter: "/acme/secret" };
const google = { clientId: "1.apps.googleusercontent.com", clientSecret };
const oidc = { type: "OIDC", issuer: "https://acme.okta.com", clientId: "0oa1", clientSecret } as const;
const saml = { type: "SAML", metadataUrl: "https://acme.com/metadata.xml" } as const;
const privateKey = { secretsManagerSecret: "acme/apple" };
const apple = { clientId: "com.acme.auth", teamId: "ABCDE12345", keyId: "FGHIJ67890", privateKey };
const providers = <T extends object>(all: T) => ({ identityProviders: all });
const PROVIDER_NAME = API("ProviderName", "CreateIdentityProvider");
const METADATA = API("MetadataURL", "CreateIdentityProvider");

export const mappedAttributes = [
  rule(
    "mapped-is-mutable",
    "An attribute that an identity provider maps can change.",
    API("Mutable", "SchemaAttributeType"),
    refused(
      "identityProviders.Google.attributeMapping.custom:plan",
      {
        customAttributes: { plan: { type: "String", mutable: false } },
        ...providers({ Google: { ...google, attributeMapping: { "custom:plan": "hd" } } }),
      },
      {
        customAttributes: { plan: { type: "String" } },
        ...providers({ Google: { ...google, attributeMapping: { "custom:plan": "hd" } } }),
      },
    ),
  ),
  rule(
    "mapped-is-written",
    "A client writes every attribute that its identity providers map.",
    API("WriteAttributes", "CreateUserPoolClient"),
    refused(
      "writeAttributes",
      { writeAttributes: ["email"], ...providers({ Google: { ...google, attributeMapping: { locale: "locale" } } }) },
      {
        writeAttributes: ["email", "locale"],
        ...providers({ Google: { ...google, attributeMapping: { locale: "locale" } } }),
      },
    ),
  ),
  rule(
    "providers-exist",
    "An identity provider that a client offers exists before the client.",
    '"The provider X does not exist for User Pool", lgallard/terraform-aws-cognito-user-pool#72',
    written(
      "a client depends on the providers of the same stack",
      "cognito_user_pool_client",
      (
        { supported_identity_providers: names = [], depends_on: needed = [] },
        { aws_cognito_identity_provider: made = {} },
      ) =>
        Object.entries(made).every(
          ([id, { provider_name: name }]) =>
            !names.includes(name) ||
            names.includes(`\${aws_cognito_identity_provider.${id}.provider_name}`) ||
            needed.includes(`aws_cognito_identity_provider.${id}`),
        ),
      { supported_identity_providers: ["Google"] },
      { aws_cognito_identity_provider: { google: { provider_name: "Google" } } },
    ),
  ),
  rule(
    "provider-name",
    "An identity provider's name has no blank, and no `_` but as its second character.",
    PROVIDER_NAME,
    refused("identityProviders[0]", providers(["Okta_EU"]), providers(["OktaEU"])),
  ),
  rule(
    "cognito-is-the-pool",
    "No identity provider is called COGNITO.",
    API("SupportedIdentityProviders", "CreateUserPoolClient"),
    refused("identityProviders[0]", providers(["COGNITO"]), providers(["Cognito"])),
  ),
];

export const identityProviders = [
  rule(
    "provider-name-least",
    "An identity provider's name has at least 3 characters.",
    CDK("UserPoolIdentityProviderOidc"),
    refused("identityProviders.AD", providers({ AD: saml }), providers({ ADx: saml })),
  ),
  rule(
    "provider-name-most",
    "An identity provider's name has at most 32 characters.",
    PROVIDER_NAME,
    refused(`identityProviders.${long(33)}`, providers({ [long(33)]: saml }), providers({ [long(32)]: saml })),
  ),
  rule(
    "social-provider-name",
    "A social identity provider is called like its type.",
    '"Provider example cannot be of type Google", hashicorp/terraform-provider-aws#4822',
    refused(
      "identityProviders.Example.type",
      providers({ Example: { ...google, type: "Google" } }),
      providers({ Google: google }),
    ),
  ),
  rule(
    "provider-type",
    "An identity provider is of a known type.",
    API("ProviderType", "CreateIdentityProvider"),
    refused(
      "identityProviders.GitHub.type",
      providers({ GitHub: { ...oidc, type: "OAuth" } }),
      providers({ GitHub: oidc }),
    ),
  ),
  rule(
    "saml-one-metadata",
    "A SAML provider has a metadata URL or a metadata file, not both.",
    METADATA,
    refused(
      "identityProviders.Acme.metadataUrl",
      providers({ Acme: { ...saml, metadataFile: "<EntityDescriptor entityID='acme'/>" } }),
      providers({ Acme: { type: "SAML" as const, metadataFile: "<EntityDescriptor entityID='acme'/>" } }),
    ),
  ),
  rule(
    "saml-metadata",
    "A SAML provider has metadata.",
    METADATA,
    refused("identityProviders.Acme.metadataUrl", providers({ Acme: { type: "SAML" } }), providers({ Acme: saml })),
  ),
  rule(
    "oidc-openid",
    "An OIDC provider's scopes hold openid.",
    GUIDE("Using OIDC identity providers with a user pool"),
    refused(
      "identityProviders.Okta.scopes",
      providers({ Okta: { ...oidc, scopes: ["email"] } }),
      providers({ Okta: { ...oidc, scopes: ["openid", "email"] } }),
    ),
  ),
  rule(
    "provider-name-begin",
    "An identity provider's name does not begin with `_`.",
    PROVIDER_NAME,
    refused("identityProviders._Okta", providers({ _Okta: oidc }), providers({ Okta: oidc })),
  ),
  rule(
    "provider-identifiers",
    "An identity provider's other names have at most 40 characters.",
    API("IdpIdentifiers", "CreateIdentityProvider"),
    refused(
      "identityProviders.Okta.identifiers[0]",
      providers({ Okta: { ...oidc, identifiers: [long(41)] } }),
      providers({ Okta: { ...oidc, identifiers: [long(40)] } }),
    ),
  ),
  rule(
    "one-secret",
    "An identity provider has one secret, in one place.",
    CDK("UserPoolIdentityProviderApple"),
    refused(
      "identityProviders.SignInWithApple.privateKey",
      providers({ SignInWithApple: { ...apple, privateKey: { ...privateKey, ssmParameter: "/acme/apple" } } }),
      providers({ SignInWithApple: apple }),
    ),
  ),
];
