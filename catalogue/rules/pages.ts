import { API, GUIDE, long, many, PROVIDER, refused, rule, warned, written } from "./rule";

const DOMAIN = "cognito_user_pool_domain";
const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/1234abcd-12ab-34cd-56ef-1234567890ab";
const customDomain = { name: "auth.acme.com", certificateArn };
const passkeys = (relyingPartyId: string) => ({
  firstAuthFactors: ["PASSWORD" as const, "WEB_AUTHN" as const],
  passkeys: { relyingPartyId },
});
const PREFIX_HOST = "acme-dev-v2.auth.eu-west-1.amazoncognito.com";
const LOGO = "examples/full/logo.png";
const image = (file: string, category = "FORM_LOGO") => ({ category, colorMode: "LIGHT", file });
const branding = (assets: object[]) => ({ managedLogin: { settings: { components: {} }, assets } });

export const passkeyDomain = [
  rule(
    "relying-party-of-custom-domain",
    "With managed login on a domain of one's own, that domain is the relying party of passkeys.",
    API("RelyingPartyId", "WebAuthnConfigurationType"),
    refused(
      "passkeys.relyingPartyId",
      { customDomain, managedLogin: true, ...passkeys("acme.com") },
      { customDomain, managedLogin: true, ...passkeys("auth.acme.com") },
    ),
  ),
  rule(
    "passkeys-need-managed-login",
    "On hosted pages passkeys need managed login: the classic pages do not offer them.",
    "lgallard/terraform-aws-cognito-user-pool 5.1.2, preconditions",
    warned(passkeys("acme.com"), { ...passkeys(PREFIX_HOST), managedLogin: true }),
  ),
  rule(
    "relying-party-of-prefix",
    "With managed login on the prefix only, browsers offer passkeys whose relying party is the host of the pages.",
    API("RelyingPartyId", "WebAuthnConfigurationType"),
    warned({ ...passkeys("acme.com"), managedLogin: true }, { ...passkeys(PREFIX_HOST), managedLogin: true }),
  ),
];

export const ownDomain = [
  rule(
    "custom-domain-certificate",
    "A domain of one's own has a certificate.",
    API("CustomDomainConfig", "CreateUserPoolDomain"),
    refused("customDomain", { customDomain: { name: "auth.acme.com" } }, { customDomain }),
  ),
  rule(
    "certificate-region",
    "The certificate of a domain is in us-east-1.",
    API("CustomDomainConfigType"),
    refused(
      "customDomain.certificateArn",
      { customDomain: { ...customDomain, certificateArn: certificateArn.replace("us-east-1", "eu-west-1") } },
      { customDomain },
    ),
  ),
  rule(
    "no-certificate-for-a-prefix",
    "A domain with a prefix has no certificate.",
    API("CreateUserPoolDomain"),
    written(
      "a certificate is written to a domain of one's own only",
      DOMAIN,
      ({ domain, certificate_arn: arn }) => domain.includes(".") || arn === undefined,
      { domain: "acme", certificate_arn: certificateArn },
    ),
  ),
  rule(
    "managed-login-version",
    "The version of managed login is 1 or 2.",
    PROVIDER("managed_login_version"),
    written(
      "`managedLogin` writes one of them",
      DOMAIN,
      ({ managed_login_version: version }) => [undefined, 1, 2].includes(version),
      { managed_login_version: 3 },
    ),
  ),
  rule(
    "managed-login-tier",
    "Managed login needs the tier ESSENTIALS or PLUS.",
    API("ManagedLoginVersion", "CreateUserPoolDomain"),
    refused("managedLogin", { managedLogin: true, poolTier: "LITE" }, { managedLogin: true, poolTier: "ESSENTIALS" }),
  ),
  rule(
    "managed-login-needs-a-style",
    "Managed login shows nothing to a client without a style.",
    API("ManagedLoginVersion", "CreateUserPoolDomain"),
    written(
      "every client that signs users in has one",
      "cognito_user_pool_client",
      (
        { allowed_oauth_flows: flows },
        { aws_cognito_user_pool_domain: domains = {}, aws_cognito_managed_login_branding: styles = {}, ...others },
      ) =>
        !flows?.includes("code") ||
        !Object.values(domains).some(({ managed_login_version: version }) => version === 2) ||
        Object.keys(styles).length ===
          Object.values(others.aws_cognito_user_pool_client ?? {}).filter((client) =>
            client.allowed_oauth_flows?.includes("code"),
          ).length,
      { allowed_oauth_flows: ["code"] },
      { aws_cognito_user_pool_domain: { domain: { managed_login_version: 2 } } },
    ),
  ),
  rule(
    "parent-domain",
    "The parent of a domain has an A record, which a top-level domain has not.",
    GUIDE("Using your own domain for managed login"),
    refused(
      "customDomain.name",
      { customDomain: { ...customDomain, name: "acme.com" } },
      { customDomain: { ...customDomain, name: "auth.acme.com" } },
    ),
  ),
];

export const style = [
  rule(
    "settings-or-cognitos-style",
    "Managed login has settings, or Cognito's own style.",
    PROVIDER("ExactlyOneOf"),
    written(
      "one of the two is written",
      "cognito_managed_login_branding",
      ({ settings, use_cognito_provided_values: own }) => (settings === undefined) === (own === true),
      { settings: "{}", use_cognito_provided_values: true },
    ),
  ),
  rule(
    "most-images",
    "A style has at most 40 images.",
    API("Assets", "CreateManagedLoginBranding"),
    refused(
      "managedLogin.assets",
      branding(Object.keys(many(41, "")).map((resourceId) => ({ ...image(LOGO), resourceId }))),
      branding(Object.keys(many(40, "")).map((resourceId) => ({ ...image(LOGO), resourceId }))) as object,
    ),
  ),
  rule(
    "image-size",
    "A style and its images have at most 2 MB.",
    API("CreateManagedLoginBranding"),
    refused(
      "managedLogin.assets",
      { managedLogin: { settings: { components: { note: long(2_000_000) } } } },
      { managedLogin: { settings: { components: { note: long(1000) } } } },
    ),
  ),
  rule(
    "image-types",
    "An image of a style is an ICO, JPEG, PNG, SVG or WEBP.",
    API("Extension", "AssetType"),
    refused("managedLogin.assets[0].file", branding([image("logo.gif")]), branding([image(LOGO)]) as object),
  ),
];

export const look = [
  rule(
    "css-or-image",
    "The look of the classic pages has CSS or an image.",
    PROVIDER("aws_cognito_user_pool_ui_customization"),
    refused(
      "uiCustomization",
      { uiCustomization: {} },
      { uiCustomization: { css: ".submitButton-customizable { color: #fff }", logoFile: LOGO } },
    ),
  ),
];
