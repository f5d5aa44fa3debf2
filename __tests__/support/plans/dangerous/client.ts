import { add, CLIENT, instance, POOL, type Scenario, set } from "../scenario";

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
    name: "new-client-public",
    edit: weaker({ generate_secret: false }),
    rule: "client-without-secret",
    says: "Anyone could use the client without a secret",
  },
  {
    name: "new-client-implicit",
    edit: weaker({ allowed_oauth_flows: ["implicit"] }),
    rule: "client-flows",
    says: "hands tokens to the browser's address bar",
  },
];
