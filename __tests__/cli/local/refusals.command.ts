import { createHmac } from "node:crypto";
import {
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  ChangePasswordCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";
const UserAttributes = [{ Name: "email", Value: "ana@example.com" }];

let copy: ProjectCopy;
let local: LocalPool;
/** The environment's own client, which has a secret. */
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf({
    selfSignUp: true,
    clientName: "server",
    customAttributes: { team: { type: "String" } },
    clients: {
      phone: { clientType: "native", callbackUrls: ["acme://auth"], logoutUrls: ["acme://out"] },
      once: {
        ...{ clientType: "native", callbackUrls: [], authFlows: ["ALLOW_USER_PASSWORD_AUTH"] },
        refreshTokenRotation: { retryGracePeriodSeconds: 10 },
      },
    },
  });
  ({ local, ClientId, UserPoolId } = await startApplication(copy));
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

const hashOf = (name: string) =>
  createHmac("sha256", local.value("COGNITO_CLIENT_SECRET"))
    .update(name + ClientId)
    .digest("base64");

/** What a password that the pool's policy does not allow is answered with. */
const TOO_SHORT = {
  name: "InvalidPasswordException",
  message: "Password did not conform with policy: Password not long enough",
};

it("a client with a secret signs users up and in with its hash only", async () => {
  const client = local.sdk();
  const given = { ClientId, Username: "ana", Password: PASSWORD, UserAttributes };
  const missing = {
    name: "NotAuthorizedException",
    message: `Client ${ClientId} is configured with secret but SECRET_HASH was not received`,
  };
  const wrong = { name: "NotAuthorizedException", message: `Unable to verify secret hash for client ${ClientId}` };
  await expect(client.send(new SignUpCommand(given))).rejects.toMatchObject(missing);
  await expect(client.send(new SignUpCommand({ ...given, SecretHash: hashOf("ben") }))).rejects.toMatchObject(wrong);
  await client.send(new SignUpCommand({ ...given, SecretHash: hashOf("ana") }));
  const [, ConfirmationCode = ""] = await local.says(/Code:\s+(\d+)/);
  const confirmation = { ClientId, Username: "ana", ConfirmationCode };
  await expect(client.send(new ConfirmSignUpCommand(confirmation))).rejects.toMatchObject(missing);
  await client.send(new ConfirmSignUpCommand({ ...confirmation, SecretHash: hashOf("ana") }));

  const signIn = (parameters: Record<string, string>) =>
    client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: "ana", PASSWORD, ...parameters },
      }),
    );
  await expect(signIn({})).rejects.toMatchObject(missing);
  await expect(signIn({ SECRET_HASH: hashOf("ben") })).rejects.toMatchObject(wrong);
  const { AuthenticationResult } = await signIn({ SECRET_HASH: hashOf("ana") });
  const refresh = (SECRET_HASH: string) =>
    client.send(
      new InitiateAuthCommand({
        ClientId,
        AuthFlow: "REFRESH_TOKEN_AUTH",
        AuthParameters: { REFRESH_TOKEN: AuthenticationResult?.RefreshToken ?? "", SECRET_HASH },
      }),
    );
  // By its username, also where a user signs in with an alias.
  await expect(refresh(hashOf("ana@example.com"))).rejects.toMatchObject(wrong);
  expect((await refresh(hashOf("ana"))).AuthenticationResult?.AccessToken).toBeDefined();
});

it("each call that sets a password is held to the pool's policy", async () => {
  const client = local.sdk();
  const phone = local.client("acme-app-phone");
  const email = (name: string) => [{ Name: "email", Value: `${name}@example.com` }];
  const Password = "Aa1!";
  const signUp = { ClientId: phone, Username: "carl", UserAttributes: email("carl") };
  await expect(client.send(new SignUpCommand({ ...signUp, Password }))).rejects.toMatchObject(TOO_SHORT);
  await expect(client.send(new SignUpCommand({ ...signUp, Password: "correct-horse-1" }))).rejects.toMatchObject({
    message: "Password did not conform with policy: Password must have uppercase characters",
  });
  const created = {
    ...{ UserPoolId, Username: "dora" },
    UserAttributes: [...email("dora"), { Name: "email_verified", Value: "true" }],
    DesiredDeliveryMediums: ["EMAIL" as const],
  };
  await expect(
    client.send(new AdminCreateUserCommand({ ...created, TemporaryPassword: Password })),
  ).rejects.toMatchObject(TOO_SHORT);
  await client.send(new AdminCreateUserCommand({ ...created, TemporaryPassword: PASSWORD }));
  const { Session } = await client.send(
    new InitiateAuthCommand({
      ClientId,
      AuthFlow: "USER_PASSWORD_AUTH",
      AuthParameters: { USERNAME: "dora", PASSWORD, SECRET_HASH: hashOf("dora") },
    }),
  );
  const respond = (NEW_PASSWORD: string) =>
    client.send(
      new RespondToAuthChallengeCommand({
        ...{ ClientId, Session, ChallengeName: "NEW_PASSWORD_REQUIRED" },
        ChallengeResponses: { USERNAME: "dora", NEW_PASSWORD, SECRET_HASH: hashOf("dora") },
      }),
    );
  await expect(respond(Password)).rejects.toMatchObject(TOO_SHORT);
  const { AccessToken } = (await respond("Another-Horse-2")).AuthenticationResult ?? {};
  await expect(
    client.send(
      new ChangePasswordCommand({ AccessToken, PreviousPassword: "Another-Horse-2", ProposedPassword: Password }),
    ),
  ).rejects.toMatchObject(TOO_SHORT);
  const set = { UserPoolId, Username: "dora", Permanent: true };
  await expect(client.send(new AdminSetUserPasswordCommand({ ...set, Password }))).rejects.toMatchObject(TOO_SHORT);
  await client.send(new AdminSetUserPasswordCommand({ ...set, Password: PASSWORD }));

  const before = await local.read();
  await client.send(new ForgotPasswordCommand({ ClientId: phone, Username: "dora" }));
  const [, ConfirmationCode = ""] = await local.says(/Code:\s+(\d+)/, before);
  const reset = { ClientId: phone, Username: "dora", ConfirmationCode };
  await expect(client.send(new ConfirmForgotPasswordCommand({ ...reset, Password }))).rejects.toMatchObject(TOO_SHORT);
  await client.send(new ConfirmForgotPasswordCommand({ ...reset, Password: "Third-Horse-3" }));
});

it("a client whose refresh tokens can be used once gets tokens by the call for it only", async () => {
  const client = local.sdk();
  const once = local.client("acme-app-once");
  const signIn = (AuthFlow: "USER_PASSWORD_AUTH" | "REFRESH_TOKEN_AUTH", AuthParameters: Record<string, string>) =>
    client.send(new InitiateAuthCommand({ ClientId: once, AuthFlow, AuthParameters }));
  const { AuthenticationResult } = await signIn("USER_PASSWORD_AUTH", { USERNAME: "ana", PASSWORD });
  const RefreshToken = AuthenticationResult?.RefreshToken ?? "";
  await expect(signIn("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: RefreshToken })).rejects.toMatchObject({
    ...{ name: "InvalidParameterException", message: "Auth flow not enabled for this client" },
  });
  const refreshed = await client.send(new GetTokensFromRefreshTokenCommand({ ClientId: once, RefreshToken }));
  expect(refreshed.AuthenticationResult).toMatchObject({
    ...{ AccessToken: expect.any(String), IdToken: expect.any(String), RefreshToken: expect.any(String) },
  });
  const wrong = new GetTokensFromRefreshTokenCommand({ ClientId: once, RefreshToken: "none" });
  await expect(client.send(wrong)).rejects.toMatchObject({ name: "NotAuthorizedException" });
});

it("attributes that the pool or the client does not have are refused, and so is a way to sign in that is off", async () => {
  const client = local.sdk();
  const phone = local.client("acme-app-phone");
  const signUp = (...attributes: Array<{ Name: string; Value: string }>) =>
    client.send(
      new SignUpCommand({ ClientId: phone, Username: "eve", Password: PASSWORD, UserAttributes: attributes }),
    );
  await expect(signUp(...UserAttributes, { Name: "custom:role", Value: "admin" })).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Attributes did not conform to the schema: custom:role: Attribute does not exist in the schema.\n",
  });
  await expect(signUp()).rejects.toMatchObject({
    message: "Attributes did not conform to the schema: email: The attribute is required\n",
  });
  await expect(signUp(...UserAttributes, { Name: "custom:team", Value: "red" })).rejects.toMatchObject({
    ...{ name: "NotAuthorizedException", message: "A client attempted to write unauthorized attribute" },
  });
  await expect(
    client.send(
      new InitiateAuthCommand({
        ...{ ClientId: phone, AuthFlow: "USER_PASSWORD_AUTH" },
        AuthParameters: { USERNAME: "eve", PASSWORD },
      }),
    ),
  ).rejects.toMatchObject({
    ...{ name: "InvalidParameterException", message: "USER_PASSWORD_AUTH flow not enabled for this client" },
  });
});
