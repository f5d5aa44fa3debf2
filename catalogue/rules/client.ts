import { API, absent, type Block, CDK, GUIDE, long, many, PROVIDER, refused, reviewed, rule, written } from "./rule";

const CLIENT = "cognito_user_pool_client";
const flowsOf = (client: Block): string[] => client.allowed_oauth_flows ?? [];
const URL = "https://acme.com/auth";
const orders = { orders: { scopes: { read: "Read orders" } } };
const scopesOf = (count: number) => ({
  resourceServers: { api: { scopes: many(count, "A scope") } },
  scopes: Object.keys(many(count, "")).map((name) => `api/${name}`),
});
const URLS = (count: number) => Array.from({ length: count }, (_, index) => `${URL}/${index}`);

export const urls = [
  rule(
    "callback-url",
    "The code flow needs a callback URL.",
    CDK("CallbackUrlEmptyCodeGrant"),
    refused("scopes", { callbackUrls: [], scopes: ["openid"] }, { callbackUrls: [] }),
  ),
  rule(
    "default-redirect",
    "The default redirect is one of the callback URLs.",
    API("DefaultRedirectURI", "CreateUserPoolClient"),
    written(
      "the first callback URL is written",
      CLIENT,
      (client) => client.callback_urls === undefined || client.callback_urls.includes(client.default_redirect_uri),
      { callback_urls: [URL], default_redirect_uri: "https://acme.com" },
    ),
  ),
  rule(
    "http-is-local",
    "Callback URLs over http are of the user's own machine.",
    API("CallbackURLs", "CreateUserPoolClient"),
    refused("callbackUrls[0]", { callbackUrls: ["http://acme.com/auth"] }, { callbackUrls: ["http://localhost:3000"] }),
  ),
  rule(
    "http-by-address",
    "`http://127.0.0.1` and `http://[::1]` are allowed, too; other addresses are not.",
    API("CallbackURLs", "CreateUserPoolClient"),
    refused(
      "callbackUrls[0]",
      { callbackUrls: ["http://127.0.0.2:3000"] },
      { callbackUrls: ["http://127.0.0.1:3000", "http://[::1]:3000"] },
    ),
  ),
  rule(
    "no-fragment",
    "A callback URL has no fragment.",
    API("CallbackURLs", "CreateUserPoolClient"),
    refused("callbackUrls[0]", { callbackUrls: [`${URL}#top`] }, { callbackUrls: [URL] }),
  ),
  rule(
    "absolute-urls",
    "A callback URL is absolute.",
    API("CallbackURLs", "CreateUserPoolClient"),
    refused("callbackUrls[0]", { callbackUrls: ["/auth"] }, { callbackUrls: ["my-app://auth"] }),
  ),
  rule(
    "most-urls",
    "A client has at most 100 callback and 100 logout URLs.",
    API("LogoutURLs", "CreateUserPoolClient"),
    refused("logoutUrls", { logoutUrls: URLS(101) }, { logoutUrls: URLS(100) }),
  ),
  rule(
    "url-length",
    "A URL has at most 1024 characters.",
    API("RedirectUrlType"),
    refused(
      "callbackUrls[0]",
      { callbackUrls: [long(1025, "https://acme.com/")] },
      { callbackUrls: [long(1024, "https://acme.com/")] },
    ),
  ),
  rule(
    "urls-differ",
    "A client's URLs are different.",
    API("CallbackURLs", "CreateUserPoolClient"),
    refused("callbackUrls", { callbackUrls: [URL, URL] }, { callbackUrls: [URL, `${URL}/2`] }),
  ),
];

export const flows = [
  rule(
    "machine-flow-alone",
    "`client_credentials` stands alone.",
    API("AllowedOAuthFlows", "CreateUserPoolClient"),
    written(
      "a machine has this flow, every other client the code flow",
      CLIENT,
      (client) => !flowsOf(client).includes("client_credentials") || flowsOf(client).length === 1,
      { allowed_oauth_flows: ["client_credentials", "code"] },
    ),
  ),
  rule(
    "machine-has-a-secret",
    "`client_credentials` needs a secret.",
    API("AllowedOAuthFlows", "CreateUserPoolClient"),
    written(
      "a machine always has one",
      CLIENT,
      (client) => !flowsOf(client).includes("client_credentials") || client.generate_secret === true,
      { allowed_oauth_flows: ["client_credentials"] },
    ),
  ),
  rule(
    "machine-scopes",
    "`client_credentials` takes scopes of resource servers only.",
    GUIDE("Scopes, M2M, and resource servers"),
    refused(
      "scopes",
      { clientType: "machine", scopes: ["openid"] },
      { clientType: "machine", scopes: ["orders/read"], resourceServers: orders },
    ),
  ),
  rule(
    "oauth-switched-on",
    "OAuth settings need `allowed_oauth_flows_user_pool_client`.",
    API("AllowedOAuthFlowsUserPoolClient", "CreateUserPoolClient"),
    written(
      "it is always written",
      CLIENT,
      (client) => flowsOf(client).length === 0 || client.allowed_oauth_flows_user_pool_client === true,
      { allowed_oauth_flows: ["code"] },
    ),
  ),
  rule(
    "oauth-flows",
    "OAuth flows are `code`, `implicit` and `client_credentials`.",
    API("AllowedOAuthFlows", "CreateUserPoolClient"),
    written(
      "`code` is written, or `client_credentials`",
      CLIENT,
      (client) => flowsOf(client).every((flow) => ["code", "client_credentials"].includes(flow)),
      { allowed_oauth_flows: ["password"] },
    ),
  ),
  rule(
    "scopes-exist",
    "A scope is one of OpenID Connect, or of a resource server of the pool.",
    API("AllowedOAuthScopes", "CreateUserPoolClient"),
    refused(
      "scopes",
      { scopes: ["openid", "orders/write"], resourceServers: orders },
      { scopes: ["openid", "orders/read"], resourceServers: orders },
    ),
  ),
  rule(
    "most-scopes-of-a-client",
    "A client has at most 50 scopes.",
    API("AllowedOAuthScopes", "CreateUserPoolClient"),
    refused("scopes", scopesOf(51), scopesOf(50)),
  ),
  rule(
    "openid-with-claims",
    "`email`, `phone` and `profile` need `openid`.",
    CDK("OAuthScope"),
    refused("scopes", { scopes: ["email"] }, { scopes: ["openid", "email"] }),
  ),
];

export const tokens = [
  rule(
    "access-token-validity",
    "Access and ID tokens are good for at least 5 minutes.",
    API("AccessTokenValidity", "CreateUserPoolClient"),
    refused(
      "tokenValidity.accessToken",
      { tokenValidity: { accessToken: "4 minutes" } },
      { tokenValidity: { accessToken: "5 minutes" } },
    ),
  ),
  rule(
    "access-token-validity-most",
    "Access and ID tokens are good for at most a day.",
    API("IdTokenValidity", "CreateUserPoolClient"),
    refused(
      "tokenValidity.idToken",
      { tokenValidity: { idToken: "25 hours" } },
      { tokenValidity: { idToken: "24 hours" } },
    ),
  ),
  rule(
    "refresh-token-validity",
    "A refresh token is good for at least an hour.",
    API("RefreshTokenValidity", "CreateUserPoolClient"),
    refused(
      "tokenValidity.refreshToken",
      { tokenValidity: { refreshToken: "59 minutes", accessToken: "5 minutes", idToken: "5 minutes" } },
      { tokenValidity: { refreshToken: "60 minutes", accessToken: "5 minutes", idToken: "5 minutes" } },
    ),
  ),
  rule(
    "refresh-token-validity-most",
    "A refresh token is good for at most ten years.",
    API("RefreshTokenValidity", "CreateUserPoolClient"),
    refused(
      "tokenValidity.refreshToken",
      { tokenValidity: { refreshToken: "3651 days" } },
      { tokenValidity: { refreshToken: "3650 days" } },
    ),
  ),
  rule(
    "refresh-token-lives-longest",
    "No token outlives the refresh token.",
    CDK("validateDuration"),
    refused(
      "tokenValidity.accessToken",
      { tokenValidity: { accessToken: "3 hours", refreshToken: "2 hours" } },
      { tokenValidity: { accessToken: "2 hours", refreshToken: "2 hours" } },
    ),
  ),
  rule(
    "session-validity",
    "A sign-in takes 3 to 15 minutes.",
    API("AuthSessionValidity", "CreateUserPoolClient"),
    refused("authSessionValidity", { authSessionValidity: 16 }, { authSessionValidity: 15 }),
  ),
  rule(
    "token-units",
    "A token's validity is in seconds, minutes, hours or days.",
    API("TokenValidityUnitsType"),
    refused(
      "tokenValidity.refreshToken",
      { tokenValidity: { refreshToken: "2 weeks" } },
      { tokenValidity: { refreshToken: "14 days" } },
    ),
  ),
  rule(
    "old-flow-names",
    "The old names of flows are not beside those with `ALLOW_`.",
    API("ExplicitAuthFlows", "CreateUserPoolClient"),
    refused(
      "authFlows[1]",
      { authFlows: ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] },
      { authFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"] },
    ),
  ),
  rule(
    "flow-names",
    "Flows have names that Cognito knows.",
    API("ExplicitAuthFlows", "CreateUserPoolClient"),
    refused("authFlows[0]", { authFlows: ["ALLOW_SRP"] }, { authFlows: ["ALLOW_USER_SRP_AUTH"] }),
  ),
  rule(
    "choice-based-flow-tier",
    "`ALLOW_USER_AUTH` needs the tier ESSENTIALS or PLUS.",
    API("ExplicitAuthFlows", "CreateUserPoolClient"),
    refused(
      "authFlows",
      { authFlows: ["ALLOW_USER_AUTH"], poolTier: "LITE" },
      { authFlows: ["ALLOW_USER_AUTH"], poolTier: "ESSENTIALS" },
    ),
  ),
  rule(
    "rotation-without-refresh-flow",
    "Refresh tokens that rotate do not go with `ALLOW_REFRESH_TOKEN_AUTH`.",
    API("RefreshTokenRotationType"),
    refused(
      "authFlows",
      { refreshTokenRotation: {}, authFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
      { refreshTokenRotation: {}, authFlows: ["ALLOW_USER_SRP_AUTH"] },
    ),
  ),
  rule(
    "rotation-grace",
    "A refresh token that rotates can be used again for at most 60 seconds.",
    API("RetryGracePeriodSeconds", "RefreshTokenRotationType"),
    refused(
      "refreshTokenRotation.retryGracePeriodSeconds",
      { refreshTokenRotation: { retryGracePeriodSeconds: 61 } },
      { refreshTokenRotation: { retryGracePeriodSeconds: 60 } },
    ),
  ),
  rule(
    "user-context-needs-a-secret",
    "A client passes on users' addresses only with a secret.",
    API("EnablePropagateAdditionalUserContextData", "CreateUserPoolClient"),
    refused(
      "propagateUserContext",
      { clientType: "web", propagateUserContext: true },
      { clientType: "server", propagateUserContext: true },
    ),
  ),
  rule(
    "existence-errors",
    "`prevent_user_existence_errors` is ENABLED or LEGACY.",
    API("PreventUserExistenceErrors", "CreateUserPoolClient"),
    written("ENABLED is written", CLIENT, (client) => client.prevent_user_existence_errors === "ENABLED", {
      prevent_user_existence_errors: "DISABLED",
    }),
  ),
];

export const clientAttributes = [
  rule(
    "verified-is-not-written",
    "A client does not write `email_verified` and `phone_number_verified`.",
    API("WriteAttributes", "CreateUserPoolClient"),
    refused(
      "writeAttributes",
      { writeAttributes: ["email", "email_verified"] },
      { writeAttributes: ["email", "name"], readAttributes: ["email_verified"] },
    ),
  ),
  rule(
    "client-attributes-exist",
    "What a client reads and writes exists in the pool.",
    "aws/aws-cdk#20760",
    refused(
      "readAttributes",
      { readAttributes: ["email", "custom:plan"] },
      { readAttributes: ["email", "custom:plan"], customAttributes: { plan: { type: "String" } } },
    ),
  ),
  rule(
    "required-is-written",
    "A client writes every attribute that the pool requires.",
    API("WriteAttributes", "CreateUserPoolClient"),
    refused("writeAttributes", { writeAttributes: ["name"] }, { writeAttributes: ["name", "email"] }),
  ),
];

const PINPOINT = absent(
  "no client has analytics: Pinpoint, which they go to, ended in October 2026",
  CLIENT,
  "analytics_configuration",
);

export const analytics = [
  rule(
    "analytics-by-id",
    "Analytics by an application's id need an external id and a role.",
    PROVIDER("analytics_configuration"),
    PINPOINT,
  ),
  rule(
    "analytics-by-arn-or-id",
    "Analytics have an application's ARN or its id.",
    PROVIDER("analytics_configuration"),
    PINPOINT,
  ),
];

export const clientNames = [
  rule(
    "client-name",
    "A client's name has 1 to 128 letters, digits, blanks or `_ + = , . @ -`.",
    API("ClientName", "CreateUserPoolClient"),
    written(
      "it is made of the names of project, environment and client",
      CLIENT,
      (client) => /^[\w +=,.@-]{1,128}$/.test(client.name),
      { name: "acme/dev" },
    ),
  ),
  rule(
    "secret-is-for-ever",
    "A client gets its secret when it is made, or never.",
    PROVIDER("generate_secret"),
    reviewed("client-lost"),
  ),
];
