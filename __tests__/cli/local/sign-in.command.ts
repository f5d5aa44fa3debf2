import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";
const WRONG = { name: "NotAuthorizedException", message: "Incorrect username or password." };

let copy: ProjectCopy;
let local: LocalPool;
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf({
    selfSignUp: true,
    clientType: "web",
    authFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    tokenValidity: { accessToken: "15 minutes" },
  });
  ({ local, ClientId, UserPoolId } = await startApplication(copy));
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

const email = (Value: string) => [{ Name: "email", Value }];

function signIn(USERNAME: string, password = PASSWORD) {
  const AuthParameters = { USERNAME, PASSWORD: password };
  return local.sdk().send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
}

async function signUp(Username: string, address: string): Promise<void> {
  const client = local.sdk();
  const before = await local.read();
  await client.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes: email(address) }));
  const [, ConfirmationCode = ""] = await local.says(/Code:\s+(\d+)/, before);
  await client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
}

it("users sign in with their username and, once it is proved, with their address, in any letter case", async () => {
  await signUp("ana", "ana@example.com");
  for (const name of ["ana", "Ana", "ana@example.com", "ANA@example.com"]) {
    const { AuthenticationResult } = await signIn(name);
    expect(AuthenticationResult).toMatchObject({ TokenType: "Bearer", ExpiresIn: 900 });
    const claims = JSON.parse(Buffer.from(AuthenticationResult?.IdToken?.split(".")[1] ?? "", "base64url").toString());
    expect(claims).toMatchObject({ "cognito:username": "ana", email_verified: true });
  }
  const client = local.sdk();
  const { Username } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: "ana@example.com" }));
  expect(Username).toBe("ana");
});

it("a forgotten password is set again by address, and it is not told whether there is an account", async () => {
  const client = local.sdk();
  const before = await local.read();
  await client.send(new ForgotPasswordCommand({ ClientId, Username: "ana@example.com" }));
  const [, ConfirmationCode = ""] = await local.says(/Code:\s+(\d+)/, before);
  const reset = { ClientId, Password: "Another-Horse-2" };
  await client.send(new ConfirmForgotPasswordCommand({ ...reset, ConfirmationCode, Username: "ana@example.com" }));
  await expect(signIn("ana")).rejects.toMatchObject(WRONG);
  await signIn("ana", "Another-Horse-2");

  const none = await client.send(new ForgotPasswordCommand({ ClientId, Username: "none@example.com" }));
  expect(none.CodeDeliveryDetails).toMatchObject({ DeliveryMedium: "EMAIL", Destination: "n***@e***" });
  await expect(
    client.send(new ConfirmForgotPasswordCommand({ ...reset, ConfirmationCode: "123456", Username: "none" })),
  ).rejects.toMatchObject({ name: "ExpiredCodeException" });
  await expect(signIn("none")).rejects.toMatchObject(WRONG);
});

it("an administrator's invitation goes to the address, and its password is the only one that is taken", async () => {
  const client = local.sdk();
  const created = {
    UserPoolId,
    Username: "ben",
    UserAttributes: email("ben@example.com"),
    TemporaryPassword: PASSWORD,
    DesiredDeliveryMediums: ["EMAIL" as const],
  };
  await client.send(new AdminCreateUserCommand(created));
  await expect(signIn("ben", "Another-Horse-2")).rejects.toMatchObject(WRONG);
  expect(await signIn("ben")).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED" });
  const verified = { UserPoolId, Username: "ben", UserAttributes: [{ Name: "email_verified", Value: "true" }] };
  await client.send(new AdminUpdateUserAttributesCommand(verified));
  await expect(
    client.send(new AdminUpdateUserAttributesCommand({ ...verified, Username: "none" })),
  ).rejects.toMatchObject({ name: "UserNotFoundException" });
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username: "ben@example.com" }));
  await expect(signIn("ben")).rejects.toMatchObject({ name: "NotAuthorizedException", message: "User is disabled." });
});

it.each([
  ["cleo@example.com", "Username cannot be of email format, since user pool is configured for email alias."],
  ["cleo smith", expect.stringContaining("failed to satisfy constraint")],
])("the username %j is refused", async (Username, message) => {
  const given = { ClientId, Username, Password: PASSWORD, UserAttributes: email("cleo@example.com") };
  await expect(local.sdk().send(new SignUpCommand(given))).rejects.toMatchObject({
    name: "InvalidParameterException",
    message,
  });
});

it("a client that is not there, and what is no JSON, are refused as what they are", async () => {
  const AuthParameters = { USERNAME: "ana", PASSWORD };
  const unknown = new InitiateAuthCommand({ ClientId: "1none", AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  await expect(local.sdk().send(unknown)).rejects.toMatchObject({ name: "ResourceNotFoundException" });

  const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.SignUp" };
  const broken = await fetch(local.value("COGNITO_ENDPOINT"), { method: "POST", headers, body: "{" });
  expect(await broken.json()).toMatchObject({ __type: "SerializationException" });
});

it("a request in chunks is answered as another one", async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from(JSON.stringify({ UserPoolId, Username: "ana" })));
      controller.close();
    },
  });
  const headers = { "x-amz-target": "AWSCognitoIdentityProviderService.AdminGetUser" };
  const answer = await fetch(local.value("COGNITO_ENDPOINT"), {
    method: "POST",
    headers,
    body,
    duplex: "half",
  } as RequestInit);
  expect(await answer.json()).toMatchObject({ Username: "ana" });
});

it("OpenID Connect finds the issuer and the keys that are printed", async () => {
  const issuer = local.value("ISSUER");
  const found = await fetch(`${issuer}/.well-known/openid-configuration`);
  const { issuer: said, jwks_uri } = (await found.json()) as { issuer: string; jwks_uri: string };
  expect(said).toBe(issuer);
  expect((await fetch(jwks_uri)).status).toBe(200);
});

it("what was left out lets no user in", async () => {
  const client = local.sdk();
  await signUp("gil", "gil@example.com");
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username: "gil" }));
  const begin = (AuthParameters: Record<string, string>) =>
    client.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
  await expect(begin({ USERNAME: "gil" })).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Missing required parameter PASSWORD",
  });
  // A refresh token beside a password is not looked at.
  await expect(begin({ USERNAME: "gil", PASSWORD, REFRESH_TOKEN: "none" })).rejects.toMatchObject({
    message: "User is disabled.",
  });
  await client.send(new AdminEnableUserCommand({ UserPoolId, Username: "gil" }));
  const answer = new RespondToAuthChallengeCommand({
    ...{ ClientId, ChallengeName: "SMS_MFA", Session: "any session of twenty characters or more" },
    ChallengeResponses: { USERNAME: "gil" },
  });
  await expect(client.send(answer)).rejects.toMatchObject({ name: "CodeMismatchException" });
});

it.each(["/oauth2/authorize", "/oauth2/token", "/health"])("%s is not there", async (path) => {
  expect((await fetch(`${local.value("COGNITO_ENDPOINT")}${path}`)).status).toBe(404);
});

it.each([
  ["InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", AuthParameters: { USERNAME: 5, PASSWORD } }],
  ["SignUp", { Username: "hal", Password: PASSWORD, UserAttributes: [null] }],
  ["SignUp", { Username: "hal", Password: PASSWORD, UserAttributes: {} }],
  ["UpdateUserAttributes", { AccessToken: "none" }],
])("%s with a field of another type is refused as a fault of the call", async (operation, input) => {
  const answer = await fetch(local.value("COGNITO_ENDPOINT"), {
    method: "POST",
    headers: { "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` },
    body: JSON.stringify({ ClientId, ...input }),
  });
  expect(answer.status).toBe(400);
});
