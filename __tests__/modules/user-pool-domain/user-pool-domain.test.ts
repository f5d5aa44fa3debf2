import { TerraformOutput } from "cdktf";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolClient } from "../../../modules/user-pool-client/user-pool-client";
import { UserPoolDomain } from "../../../modules/user-pool-domain/user-pool-domain";
import { only, stackOf } from "../../support/stack";

const POOL = "eu-west-1_AbCdEfGhI";
const document = stackOf((stack) => {
  const userPool = UserPool.fromUserPoolId(stack, "user_pool", POOL);
  const callbackUrls = ["https://a.example/auth"];
  const client = new UserPoolClient(stack, "client", { name: "c", userPool, callbackUrls, logoutUrls: callbackUrls });
  const domain = new UserPoolDomain(stack, "user_pool_domain", {
    domainPrefix: "acme",
    region: "eu-west-1",
    userPool,
  });
  new TerraformOutput(stack, "url", { value: domain.url });
  new TerraformOutput(stack, "login", { value: domain.loginUrl(client, "https://a.example/auth?x=1&y=ü") });
});
const url = (output: string) =>
  String(document.output[output].value)
    .replace("${aws_cognito_user_pool_domain.user_pool_domain.domain}", "acme")
    .replace("${aws_cognito_user_pool_client.client.id}", "client");

it("is the prefix", () => {
  expect(only(document.resource, "aws_cognito_user_pool_domain")).toMatchObject({ domain: "acme", user_pool_id: POOL });
});

it("is Cognito's host of the Region", () => {
  expect(url("url")).toBe("https://acme.auth.eu-west-1.amazoncognito.com");
});

it("is the one with FIPS endpoints in GovCloud", () => {
  const { output } = stackOf((stack) => {
    const region = "us-gov-west-1";
    const userPool = UserPool.fromUserPoolId(stack, "user_pool", "us-gov-west-1_AbCdEfGhI");
    const domain = new UserPoolDomain(stack, "user_pool_domain", { domainPrefix: "acme", region, userPool });
    new TerraformOutput(stack, "url", { value: domain.url });
  });
  expect(output.url.value).toContain(".auth-fips.us-gov-west-1.amazoncognito.com");
});

it("has a login URL that a browser reads back as it was meant", () => {
  const login = new URL(url("login"));
  expect(login.origin + login.pathname).toBe("https://acme.auth.eu-west-1.amazoncognito.com/login");
  expect(Object.fromEntries(login.searchParams)).toEqual({
    client_id: "client",
    response_type: "code",
    scope: "email openid profile",
    redirect_uri: "https://a.example/auth?x=1&y=ü",
  });
});
