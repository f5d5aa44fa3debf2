import { TerraformOutput } from "cdktf";
import { UserPoolDomain } from "../../../modules/user-pool-domain/user-pool-domain";
import { only, stackOf } from "../../support/stack";

const document = stackOf((stack) => {
  const domain = new UserPoolDomain(stack, "user_pool_domain", {
    prefix: "acme",
    region: "eu-west-1",
    userPoolId: "id",
  });
  new TerraformOutput(stack, "url", { value: domain.url });
  new TerraformOutput(stack, "login", { value: domain.loginUrl("client", "https://a.example/auth?x=1&y=ü") });
});
const url = (output: string) =>
  String(document.output[output].value).replace("${aws_cognito_user_pool_domain.user_pool_domain.domain}", "acme");

it("is the prefix", () => {
  expect(only(document.resource, "aws_cognito_user_pool_domain")).toMatchObject({ domain: "acme", user_pool_id: "id" });
});

it("is Cognito's host of the Region", () => {
  expect(url("url")).toBe("https://acme.auth.eu-west-1.amazoncognito.com");
});

it("is the one with FIPS endpoints in GovCloud", () => {
  const { output } = stackOf((stack) => {
    const region = "us-gov-west-1";
    const domain = new UserPoolDomain(stack, "user_pool_domain", { prefix: "acme", region, userPoolId: "id" });
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
