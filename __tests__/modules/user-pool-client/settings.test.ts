import { ResourceServer } from "../../../modules/resource-server/resource-server";
import { UserPool, type UserPoolProps } from "../../../modules/user-pool/user-pool";
import { UserPoolClient, type UserPoolClientProps } from "../../../modules/user-pool-client/user-pool-client";
import { type Block, only, stackOf } from "../../support/stack";

const URLS = { callbackUrls: ["https://a.example/auth"] };

type Client = Partial<Omit<UserPoolClientProps, "userPool">>;

function clientWith(props: Client, pool: Partial<UserPoolProps> = {}): Block {
  const { resource } = stackOf((stack) => {
    const userPool = new UserPool(stack, "user_pool", { userPoolName: "p", ...pool });
    new ResourceServer(stack, "orders", { name: "orders", userPool, scopes: { read: "Read orders" } });
    new UserPoolClient(stack, "client", { name: "c", userPool, ...props });
  });
  return only(resource, "aws_cognito_user_pool_client");
}

function refusalOf(props: Client, pool: Partial<UserPoolProps> = {}): string {
  try {
    clientWith(props, pool);
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}

describe("types of clients", () => {
  it("a server keeps a secret and may sign in with passwords", () => {
    const client = clientWith(URLS);
    expect(client.generate_secret).toBe(true);
    expect(client.explicit_auth_flows).toContain("ALLOW_USER_PASSWORD_AUTH");
  });

  it.each(["web", "native"] as const)(
    "a %s application has no secret, and no passwords go through it",
    (clientType) => {
      expect(clientWith({ clientType, ...URLS })).toMatchObject({
        generate_secret: false,
        explicit_auth_flows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        allowed_oauth_flows: ["code"],
      });
    },
  );

  it("a machine signs itself in, for scopes of resource servers that exist before", () => {
    const client = clientWith({ clientType: "machine", scopes: ["orders/read"] });
    expect(client).toMatchObject({
      generate_secret: true,
      allowed_oauth_flows: ["client_credentials"],
      allowed_oauth_scopes: ["orders/read"],
      depends_on: ["aws_cognito_resource_server.orders"],
    });
    expect(client).not.toHaveProperty("callback_urls");
    expect(client).not.toHaveProperty("supported_identity_providers");
  });
});

it("tokens live as long as asked, each in its own unit", () => {
  const tokenValidity = { accessToken: "30 minutes", refreshToken: "12 hours" };
  expect(clientWith({ ...URLS, tokenValidity, authSessionValidity: 5 })).toMatchObject({
    access_token_validity: 30,
    refresh_token_validity: 12,
    token_validity_units: [{ access_token: "minutes", refresh_token: "hours" }],
    auth_session_validity: 5,
  });
  expect(clientWith(URLS)).not.toHaveProperty("token_validity_units");
});

it("a rotated refresh token is not also renewed the other way", () => {
  expect(clientWith({ ...URLS, refreshTokenRotation: { retryGracePeriodSeconds: 10 } })).toMatchObject({
    refresh_token_rotation: [{ feature: "ENABLED", retry_grace_period_seconds: 10 }],
    explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
  });
});

it("a choice of first factors is a flow of its own", () => {
  const pool: Partial<UserPoolProps> = { firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] };
  expect(clientWith({ clientType: "web", ...URLS }, pool).explicit_auth_flows).toEqual([
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_USER_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ]);
});

it("a client may write and read what the pool requires", () => {
  const client = clientWith(URLS, { standardAttributes: { given_name: { required: true }, name: { required: true } } });
  expect(client.write_attributes).toEqual(["email", "name", "nickname", "picture", "given_name"]);
  expect(client.read_attributes).toContain("given_name");
});

it("the address of a user's device is passed on by a server only", () => {
  expect(clientWith({ ...URLS, propagateUserContext: true }).enable_propagate_additional_user_context_data).toBe(true);
  expect(refusalOf({ ...URLS, clientType: "web", propagateUserContext: true })).toContain('"propagateUserContext"');
});

it.each([
  [{}, "callbackUrls", "at least one URL"],
  [{ ...URLS, clientType: "machine", scopes: ["orders/read"] }, "callbackUrls", "nothing with clientType machine"],
  [{ clientType: "machine" }, "scopes", "scopes of resource servers only"],
  [{ clientType: "machine", scopes: ["openid"] }, "scopes", "scopes of resource servers only"],
  [{ clientType: "machine", scopes: ["orders/write"] }, "scopes", "scopes of the pool's resource servers: orders/read"],
  [{ clientType: "machine", scopes: ["orders/read"], identityProviders: ["Google"] }, "identityProviders", "nothing"],
  [{ ...URLS, identityProviders: ["Google"] }, "identityProviders", "identity providers of the pool: there are none"],
  [{ logoutUrls: ['https://a.example/${file("/etc/hostname")}'] }, "logoutUrls[0]", "https://…"],
  [{ ...URLS, callbackUrls: ["https://a.example/%{x}"] }, "callbackUrls[0]", "https://…"],
  [{ ...URLS, scopes: ["email"] }, "scopes", "email, profile and phone only beside openid"],
  [{ ...URLS, scopes: ["read"] }, "scopes[0]", "a list of openid, email, profile"],
  [{ ...URLS, scopes: ["openid", "openid"] }, "scopes", "a list of different openid"],
  [{ ...URLS, tokenValidity: { accessToken: "4 minutes" } }, "tokenValidity.accessToken", "5 minutes to 1 day"],
  [{ ...URLS, tokenValidity: { idToken: "25 hours" } }, "tokenValidity.idToken", "5 minutes to 1 day"],
  [{ ...URLS, tokenValidity: { accessToken: "1 hours 5" } }, "tokenValidity.accessToken", "a number and its unit"],
  [{ ...URLS, tokenValidity: { refreshToken: "59 minutes" } }, "tokenValidity.refreshToken", "60 minutes to 3650 days"],
  [{ ...URLS, tokenValidity: { refreshToken: "3651 days" } }, "tokenValidity.refreshToken", "60 minutes to 3650 days"],
  [
    { ...URLS, tokenValidity: { accessToken: "2 hours", refreshToken: "1 hour" } },
    "tokenValidity.accessToken",
    "at most as long as the refresh token, 1 hour",
  ],
  [{ ...URLS, authSessionValidity: 16 }, "authSessionValidity", "a whole number of minutes, 3 to 15"],
  [
    { ...URLS, refreshTokenRotation: { retryGracePeriodSeconds: 61 } },
    "refreshTokenRotation.retryGracePeriodSeconds",
    "a whole number of seconds, 0 to 60",
  ],
  [
    { ...URLS, refreshTokenRotation: {}, authFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] },
    "authFlows",
    "flows without ALLOW_REFRESH_TOKEN_AUTH",
  ],
  [{ ...URLS, writeAttributes: ["name"] }, "writeAttributes", "a list with what the pool requires in it: email"],
  [
    { ...URLS, writeAttributes: ["email", "email_verified"] },
    "writeAttributes",
    "attributes other than those that Cognito verifies",
  ],
  [{ ...URLS, readAttributes: ["custom:plan"] }, "readAttributes", "custom attributes of the pool: there are none"],
  [{ ...URLS, readAttributes: ["plan"] }, "readAttributes[0]", "a list of attributes"],
] as Array<[Client, string, string]>)("%j is refused", (props, field, allowed) => {
  const refusal = refusalOf(props);
  expect(refusal).toContain(`field "${field}"`);
  expect(refusal).toContain(`allowed: ${allowed}`);
});

it("custom attributes of the pool can be read and written", () => {
  const pool: Partial<UserPoolProps> = { customAttributes: { plan: { type: "String" } } };
  expect(clientWith({ ...URLS, readAttributes: ["custom:plan"] }, pool).read_attributes).toEqual(["custom:plan"]);
});

it("the tier LITE has no choice of first factors", () => {
  const authFlows = ["ALLOW_USER_AUTH"] as UserPoolClientProps["authFlows"];
  expect(refusalOf({ ...URLS, authFlows }, { poolTier: "LITE" })).toContain("flows without ALLOW_USER_AUTH");
  expect(refusalOf({ ...URLS, authFlows })).toBe("");
});
