import { add, at, CLIENT, instance, POOL, type Scenario, set } from "../scenario";

const OTHER = "aws_cognito_user_pool_client.other";
const weaker = (fields: object) =>
  add(OTHER, {
    name: "other",
    user_pool_id: `\${${POOL}.id}`,
    generate_secret: true,
    prevent_user_existence_errors: "ENABLED",
    enable_token_revocation: true,
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["code"],
    allowed_oauth_scopes: ["openid"],
    callback_urls: ["https://app.example.com/other"],
    supported_identity_providers: ["COGNITO"],
    explicit_auth_flows: ["ALLOW_REFRESH_TOKEN_AUTH"],
    ...fields,
  });

/** Changes that lose the client, or let others sign users in. */
export const CLIENT_DANGERS: readonly Scenario[] = [
  {
    name: "client-without-secret",
    edit: set(CLIENT, { generate_secret: false, lifecycle: {} }),
    rule: "client-lost",
    says: "The client's id and secret are gone",
  },
  {
    name: "client-tainted",
    state: (resources) => {
      instance(resources, CLIENT).status = "tainted";
    },
    rule: "client-lost",
    says: "The client's id and secret are gone",
  },
  {
    name: "client-tells-who-exists",
    edit: set(CLIENT, { prevent_user_existence_errors: "LEGACY" }),
    rule: "client-existence-errors",
    says: "whether an account exists",
  },
  {
    name: "client-callback-elsewhere",
    settings: { applicationUrls: ["https://app.example.com", "https://other.example.com"] },
    everyTime: true,
    rule: "client-callback",
    says: "`https://other.example.com/auth`, a host that no client of this pool uses today",
  },
  {
    name: "client-callback-over-http",
    edit: set(CLIENT, { callback_urls: ["https://app.example.com/auth", "http://app.example.com/auth"] }),
    rule: "client-callback",
    says: "over http",
  },
  {
    name: "client-callback-app-scheme",
    edit: set(CLIENT, { callback_urls: ["https://app.example.com/auth", "my-app://auth"] }),
    rule: "client-callback",
    says: "a scheme that any app on a device can claim",
  },
  {
    name: "client-callback-wildcard",
    edit: set(CLIENT, { callback_urls: ["https://app.example.com/auth", "https://*.example.com/auth"] }),
    rule: "client-callback",
    says: "can stand for more than one place",
  },
  {
    name: "client-callback-disguised",
    edit: set(CLIENT, { callback_urls: ["https://app.example.com/auth", "https://app.example.com@example.org/auth"] }),
    rule: "client-callback",
    says: "whose host is `example.org`",
  },
  {
    name: "client-callback-of-another-port",
    edit: set(CLIENT, { callback_urls: ["https://app.example.com/auth", "https://app.example.com:8443/auth"] }),
    rule: "client-callback",
    says: "a host that no client of this pool uses today",
  },
  {
    name: "client-logout-elsewhere",
    edit: set(CLIENT, { logout_urls: ["https://example.org/logout"] }),
    rule: "client-callback",
    says: "once they sign out, to `https://example.org/logout`",
  },
  {
    name: "client-default-redirect-elsewhere",
    edit: set(CLIENT, { default_redirect_uri: "https://example.org/auth" }),
    rule: "client-callback",
    says: "not one of the client's callbacks",
  },
  {
    name: "client-implicit-flow",
    edit: set(CLIENT, { allowed_oauth_flows: ["code", "implicit"] }),
    rule: "client-flows",
    says: "hands tokens to the browser's address bar",
  },
  {
    name: "client-admin-scope",
    edit: set(CLIENT, { allowed_oauth_scopes: ["email", "openid", "profile", "aws.cognito.signin.user.admin"] }),
    rule: "client-scopes",
    says: "`aws.cognito.signin.user.admin`",
  },
  {
    name: "client-custom-flow",
    edit: set(CLIENT, {
      explicit_auth_flows: [
        "ALLOW_USER_PASSWORD_AUTH",
        "ALLOW_USER_SRP_AUTH",
        "ALLOW_REFRESH_TOKEN_AUTH",
        "ALLOW_ADMIN_USER_PASSWORD_AUTH",
      ],
    }),
    rule: "client-flows",
    says: "sign in by `ALLOW_ADMIN_USER_PASSWORD_AUTH`",
  },
  {
    name: "client-without-revocation",
    edit: set(CLIENT, { enable_token_revocation: false }),
    rule: "client-revocation",
    says: "a stolen refresh token works until it expires",
  },
  {
    name: "client-longer-refresh-token",
    edit: set(CLIENT, { refresh_token_validity: 365 }),
    rule: "client-longer-tokens",
    says: "The refresh token would be good for longer",
  },
  {
    name: "client-access-token-in-days",
    edit: set(CLIENT, { access_token_validity: 1, token_validity_units: { access_token: "days" } }),
    rule: "client-longer-tokens",
    says: "The access token would be good for longer",
  },
  {
    name: "client-longer-sign-in",
    edit: set(CLIENT, { auth_session_validity: 15 }),
    rule: "client-longer-tokens",
    says: "could be finished for longer",
  },
  {
    name: "client-writes-verified",
    edit: set(CLIENT, { write_attributes: ["email", "name", "nickname", "picture", "phone_number"] }),
    rule: "client-attributes",
    says: "could also write `phone_number`",
  },
  {
    name: "client-reads-more",
    edit: set(CLIENT, { read_attributes: ["email", "email_verified", "birthdate"] }),
    rule: "client-attributes",
    says: "could also read `birthdate`",
  },
  {
    name: "client-context-data",
    edit: set(CLIENT, { enable_propagate_additional_user_context_data: true }),
    rule: "client-context",
    says: "threat protection would believe it",
  },
  {
    name: "client-analytics",
    edit: set(CLIENT, {
      analytics_configuration: { application_arn: "arn:aws:mobiletargeting:eu-west-1:000000000000:apps/0123" },
    }),
    rule: "client-analytics",
    says: "sent to an analytics project",
  },
  {
    name: "client-identity-provider-while-linking",
    stack: "full",
    settings: { identityProviders: ["Google", "Other"] },
    rule: "client-identity-providers",
    says: "`Other` could take over any account",
  },
  {
    name: "client-identity-provider-removed",
    stack: "full",
    edit: set(CLIENT, { supported_identity_providers: ["COGNITO"] }),
    rule: "client-identity-providers",
    says: "sign in through `Google` could no longer",
  },
  {
    name: "client-without-cognito",
    edit: set(CLIENT, { supported_identity_providers: ["SignInWithApple"] }),
    rule: "client-identity-providers",
    says: "sign in through `COGNITO` could no longer",
  },
  {
    name: "client-of-another-pool",
    edit: set(CLIENT, { user_pool_id: "eu-west-1_Another01" }),
    rule: "client-lost",
    says: "The client's id and secret are gone",
  },
  {
    name: "new-client-public",
    edit: weaker({ generate_secret: false }),
    rule: "client-without-secret",
    says: "Anyone could use the client without a secret",
  },
  {
    name: "new-client-that-tells",
    edit: weaker({ prevent_user_existence_errors: "LEGACY" }),
    rule: "client-existence-errors",
    says: "whether an account exists",
  },
  {
    name: "new-client-without-revocation",
    edit: weaker({ enable_token_revocation: false }),
    rule: "client-revocation",
    says: "Sessions could no longer be ended",
  },
  {
    name: "new-client-implicit",
    edit: weaker({ allowed_oauth_flows: ["implicit"] }),
    rule: "client-flows",
    says: "hands tokens to the browser's address bar",
  },
  {
    name: "new-client-elsewhere",
    edit: weaker({ callback_urls: ["https://example.org/auth"] }),
    rule: "client-callback",
    says: "a host that no client of this pool uses today",
  },
  {
    name: "new-client-longer-tokens",
    edit: weaker({ access_token_validity: 24 }),
    rule: "client-longer-tokens",
    says: "The access token would be good for longer",
  },
  {
    name: "first-client-over-http",
    stack: "fresh",
    edit: (document) => {
      at(document, CLIENT).callback_urls = ["http://app.example.com/auth"];
      at(document, CLIENT).default_redirect_uri = "http://app.example.com/auth";
    },
    rule: "client-callback",
    says: "over http",
  },
];
