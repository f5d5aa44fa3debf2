import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolClient } from "../../../modules/user-pool-client/user-pool-client";
import { only, stackOf } from "../../support/stack";

const client = only(
  stackOf(
    (stack) =>
      new UserPoolClient(stack, "user_pool_client", {
        name: "acme-dev",
        userPool: UserPool.fromUserPoolId(stack, "user_pool", "eu-west-1_AbCdEfGhI"),
        callbackUrls: ["https://a.example/auth", "https://b.example/auth"],
        logoutUrls: ["https://a.example/logout"],
        identityProviders: ["Google"],
      }),
  ).resource,
  "aws_cognito_user_pool_client",
);

it("is not replaced where the provider does not know whether it has a secret", () => {
  expect(client.lifecycle).toEqual({ ignore_changes: ["generate_secret"] });
});

it("has a secret, and hides which accounts exist", () => {
  expect(client).toMatchObject({
    generate_secret: true,
    prevent_user_existence_errors: "ENABLED",
    enable_token_revocation: true,
  });
});

it("signs in by password, SRP and refresh token", () => {
  expect(client.explicit_auth_flows).toEqual([
    "ALLOW_USER_PASSWORD_AUTH",
    "ALLOW_USER_SRP_AUTH",
    "ALLOW_REFRESH_TOKEN_AUTH",
  ]);
});

it("may write what the pool requires", () => {
  expect(client.write_attributes).toEqual(["email", "name", "nickname", "picture"]);
  expect(client.read_attributes).toEqual(["email", "email_verified", "name", "nickname", "picture"]);
});

it("takes part in the code grant, with every URL, the first as the default", () => {
  expect(client).toMatchObject({
    allowed_oauth_flows_user_pool_client: true,
    allowed_oauth_flows: ["code"],
    allowed_oauth_scopes: ["email", "openid", "profile"],
    supported_identity_providers: ["COGNITO", "Google"],
    callback_urls: ["https://a.example/auth", "https://b.example/auth"],
    default_redirect_uri: "https://a.example/auth",
    logout_urls: ["https://a.example/logout"],
  });
});
