import { createHmac } from "node:crypto";
import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDeleteUserAttributesCommand,
  AdminDisableUserCommand,
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  AdminResetUserPasswordCommand,
  AdminRespondToAuthChallengeCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type CognitoIdentityProviderClient,
  GetTokensFromRefreshTokenCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  VerifySoftwareTokenCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";
const WRONG = { name: "NotAuthorizedException", message: "Incorrect username or password." };
const DISABLED = { name: "NotAuthorizedException", message: "User is disabled." };

let copy: ProjectCopy;
let local: LocalPool;
let client: CognitoIdentityProviderClient;
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf({
    mfa: "OPTIONAL",
    clientType: "native",
    callbackUrls: ["acme://auth"],
    logoutUrls: ["acme://out"],
    standardAttributes: { given_name: {} },
    readAttributes: ["email", "email_verified", "given_name"],
    writeAttributes: ["email", "given_name"],
    authFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  });
  ({ local, client, ClientId, UserPoolId } = await startApplication(copy));
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

/** A user with a temporary password. */
const invite = (Username: string) =>
  client.send(
    new AdminCreateUserCommand({
      ...{ UserPoolId, Username, TemporaryPassword: PASSWORD, MessageAction: "SUPPRESS" },
      UserAttributes: [
        { Name: "email", Value: `${Username}@example.com` },
        { Name: "email_verified", Value: "true" },
      ],
    }),
  );

async function confirmed(Username: string): Promise<void> {
  await invite(Username);
  await client.send(new AdminSetUserPasswordCommand({ UserPoolId, Username, Password: PASSWORD, Permanent: true }));
}

const signIn = (USERNAME: string, password = PASSWORD) =>
  client.send(
    new AdminInitiateAuthCommand({
      ...{ UserPoolId, ClientId, AuthFlow: "ADMIN_USER_PASSWORD_AUTH" },
      AuthParameters: { USERNAME, PASSWORD: password },
    }),
  );

it("an administrator's sign-in is refused where a user's own is, and stores what is said with a new password", async () => {
  await invite("ana");
  await expect(signIn("ana", "Another-Horse-2")).rejects.toMatchObject(WRONG);
  const { ChallengeName, Session } = await signIn("ana");
  expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  const respond = (attributes: Record<string, string>) =>
    client.send(
      new AdminRespondToAuthChallengeCommand({
        ...{ UserPoolId, ClientId, Session, ChallengeName: "NEW_PASSWORD_REQUIRED" },
        ChallengeResponses: { USERNAME: "ANA", NEW_PASSWORD: "Another-Horse-2", ...attributes },
      }),
    );
  await expect(respond({ "userAttributes.nickname": "a" })).rejects.toMatchObject({
    message: "A client attempted to write unauthorized attribute",
  });
  const { AuthenticationResult } = await respond({ "userAttributes.given_name": "Ana" });
  expect(AuthenticationResult).toMatchObject({ TokenType: "Bearer", AccessToken: expect.any(String) });
  // The challenge is over.
  await expect(respond({})).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId, Username: "ana" }));
  expect(UserAttributes).toContainEqual({ Name: "given_name", Value: "Ana" });
  expect(UserAttributes).toContainEqual({ Name: "email_verified", Value: "true" });

  await client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: "ana" }));
  await expect(signIn("ana", "Another-Horse-2")).rejects.toMatchObject({ name: "PasswordResetRequiredException" });
});

/** The code that an authenticator shows now (RFC 6238). */
function codeOf(secret: string): string {
  const bits = [...secret.replaceAll("=", "")]
    .map((letter) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(letter).toString(2).padStart(5, "0"))
    .join("");
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const number = hash.readUInt32BE((hash[19] ?? 0) & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, "0");
}

it("an administrator's sign-in asks for a second factor", async () => {
  await confirmed("ben");
  const { AccessToken } = (await signIn("ben")).AuthenticationResult ?? {};
  const { SecretCode = "" } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: codeOf(SecretCode) }));
  const preference = { AccessToken, SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true } };
  await client.send(new SetUserMFAPreferenceCommand(preference));
  const { ChallengeName, Session } = await signIn("ben");
  expect(ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
  const { AuthenticationResult } = await client.send(
    new AdminRespondToAuthChallengeCommand({
      ...{ UserPoolId, ClientId, Session, ChallengeName: "SOFTWARE_TOKEN_MFA" },
      ChallengeResponses: { USERNAME: "ben", SOFTWARE_TOKEN_MFA_CODE: codeOf(SecretCode) },
    }),
  );
  expect(AuthenticationResult?.AccessToken).toBeDefined();
});

it("a user that is disabled is told so with the right password, and gets no tokens any more", async () => {
  await confirmed("carl");
  const { RefreshToken = "" } = (await signIn("carl")).AuthenticationResult ?? {};
  const refresh = (REFRESH_TOKEN: string) =>
    client.send(
      new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } }),
    );
  await refresh(RefreshToken);
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username: "carl" }));
  await expect(signIn("carl", "Another-Horse-2")).rejects.toMatchObject(WRONG);
  await expect(signIn("carl")).rejects.toMatchObject(DISABLED);
  await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const tokens = (token: string) =>
    client.send(new GetTokensFromRefreshTokenCommand({ ClientId, RefreshToken: token }));
  await expect(tokens(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  const none = { name: "NotAuthorizedException", message: "Invalid Refresh Token" };
  await expect(refresh("none")).rejects.toMatchObject(none);
  await expect(tokens("none")).rejects.toMatchObject(none);
});

it("an account that is not there is named as that", async () => {
  const none = { name: "UserNotFoundException", message: "User does not exist." };
  const unknown = { UserPoolId, Username: "zoe" };
  await expect(client.send(new AdminConfirmSignUpCommand(unknown))).rejects.toMatchObject(none);
  const attributes = new AdminDeleteUserAttributesCommand({ ...unknown, UserAttributeNames: ["name"] });
  await expect(client.send(attributes)).rejects.toMatchObject(none);
});
