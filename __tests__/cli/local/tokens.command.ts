import { createPrivateKey, sign } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  AdminAddUserToGroupCommand,
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminUpdateUserAttributesCommand,
  ChangePasswordCommand,
  type CognitoIdentityProviderClient,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  RevokeTokenCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { NATIVE, projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";
const HOUR = 3600;

let copy: ProjectCopy;
let local: LocalPool;
let client: CognitoIdentityProviderClient;
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf({
    ...NATIVE,
    groups: { editors: {} },
    triggers: { preTokenGeneration: { file: "roles.ts", lambdaVersion: "V2_0" } },
    clients: {
      short: {
        clientType: "native",
        callbackUrls: [],
        authFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        tokenValidity: { accessToken: "5 minutes" },
        readAttributes: ["email", "email_verified"],
      },
    },
  });
  // The function of docs/triggers.md.
  const page = await readFile("docs/triggers.md", "utf8");
  const [, roles = ""] = /```ts\n([^`]*PreTokenGenerationV2TriggerHandler[^`]*)```/.exec(page) ?? [];
  await writeFile(path.join(copy.folder, "roles.ts"), roles);
  await start();
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

async function start(): Promise<void> {
  ({ local, client, ClientId, UserPoolId } = await startApplication(copy));
}

async function account(Username: string): Promise<void> {
  const UserAttributes = [
    { Name: "email", Value: `${Username}@example.com` },
    { Name: "name", Value: "Ana Lima" },
  ];
  await client.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes }));
  await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username }));
}
async function signIn(USERNAME: string, id = ClientId) {
  const AuthParameters = { USERNAME, PASSWORD };
  const call = new InitiateAuthCommand({ ClientId: id, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters });
  return (await client.send(call)).AuthenticationResult ?? {};
}
async function refresh(REFRESH_TOKEN = "", id = ClientId) {
  const AuthParameters = { REFRESH_TOKEN };
  const call = new InitiateAuthCommand({ ClientId: id, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters });
  return (await client.send(call)).AuthenticationResult ?? {};
}
const whoIs = (AccessToken: string | undefined) => client.send(new GetUserCommand({ AccessToken }));
const claimsOf = (token = "") => JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString());
const notAuthorized = (message: string) => ({ name: "NotAuthorizedException", message });

it("tokens are good for as long as the client says, and have the attributes that it may read", async () => {
  await account("ana");
  const own = await signIn("ana");
  for (const token of [own.IdToken, own.AccessToken]) {
    const { iat, exp } = claimsOf(token);
    expect(exp - iat).toBe(HOUR);
  }
  expect(claimsOf(own.IdToken)).toMatchObject({ email: "ana@example.com", email_verified: false, name: "Ana Lima" });
  const other = await signIn("ana", local.client("acme-app-short"));
  const { iat, exp } = claimsOf(other.AccessToken);
  expect([exp - iat, other.ExpiresIn]).toEqual([300, 300]);
  expect(claimsOf(other.IdToken)).toMatchObject({ email: "ana@example.com" });
  expect(claimsOf(other.IdToken).name).toBeUndefined();

  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "ana", UserAttributes }));
  const refreshed = await refresh(own.RefreshToken);
  expect(claimsOf(refreshed.IdToken)).toMatchObject({
    email_verified: true,
    auth_time: claimsOf(own.IdToken).auth_time,
    origin_jti: claimsOf(own.IdToken).origin_jti,
  });
});

it("a function adds claims to tokens", async () => {
  await client.send(new AdminAddUserToGroupCommand({ UserPoolId, Username: "ana", GroupName: "editors" }));
  const { AccessToken, IdToken } = await signIn("ana");
  expect(claimsOf(AccessToken)).toMatchObject({ roles: "editors", "cognito:groups": ["editors"] });
  expect(claimsOf(IdToken).roles).toBeUndefined();
  await local.says(/acme-app-pre-token-generation, TokenGeneration_Authentication: allowed/);
});

it("a token that has expired, was signed by another key, or is none for access, is refused", async () => {
  const { AccessToken = "", IdToken } = await signIn("ana");
  const key = createPrivateKey(
    JSON.parse(await readFile("node_modules/cognito-local/lib/keys/cognitoLocal.private.json", "utf8")).pem,
  );
  const [header = ""] = AccessToken.split(".");
  const signed = (claims: object) => {
    const text = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
    return `${text}.${sign("sha256", Buffer.from(text), key).toString("base64url")}`;
  };
  const claims = claimsOf(AccessToken);
  expect((await whoIs(signed(claims))).Username).toBe("ana");
  await expect(whoIs(signed({ ...claims, exp: claims.iat - 1 }))).rejects.toMatchObject(
    notAuthorized("Access Token has expired"),
  );
  for (const token of [`${AccessToken.slice(0, -8)}AAAAAAAA`, IdToken, "no.to.ken", "none"]) {
    await expect(whoIs(token)).rejects.toMatchObject(notAuthorized("Invalid Access Token"));
  }
  const change = { AccessToken: "none", PreviousPassword: PASSWORD, ProposedPassword: "Another-Horse-2" };
  await expect(client.send(new ChangePasswordCommand(change))).rejects.toMatchObject(
    notAuthorized("Invalid Access Token"),
  );
});

it("a refresh token is its client's, also where a challenge was answered first", async () => {
  const { RefreshToken } = await signIn("ana");
  await expect(refresh(RefreshToken, local.client("acme-app-short"))).rejects.toMatchObject({
    name: "NotAuthorizedException",
  });
  const UserAttributes = [{ Name: "email", Value: "ben@example.com" }];
  const invited = { UserPoolId, Username: "ben", UserAttributes, TemporaryPassword: PASSWORD };
  await client.send(new AdminCreateUserCommand({ ...invited, MessageAction: "SUPPRESS" }));
  const call = new InitiateAuthCommand({
    ...{ ClientId, AuthFlow: "USER_PASSWORD_AUTH" },
    AuthParameters: { USERNAME: "ben", PASSWORD },
  });
  const { ChallengeName, Session } = await client.send(call);
  const ChallengeResponses = { USERNAME: "ben", NEW_PASSWORD: "Another-Horse-2" };
  const answer = new RespondToAuthChallengeCommand({ ClientId, ChallengeName, Session, ChallengeResponses });
  const { AuthenticationResult } = await client.send(answer);
  expect((await refresh(AuthenticationResult?.RefreshToken)).AccessToken).toBeDefined();
  await whoIs(AuthenticationResult?.AccessToken);
});

it("a sign-out ends access tokens, too, and so does a revoked refresh token, which ends no other's", async () => {
  const [one, other] = [await signIn("ana"), await signIn("ana")];
  await client.send(new RevokeTokenCommand({ ClientId, Token: one.RefreshToken }));
  const revoked = notAuthorized("Access Token has been revoked");
  await expect(whoIs(one.AccessToken)).rejects.toMatchObject(revoked);
  await whoIs(other.AccessToken);
  await client.send(new GlobalSignOutCommand({ AccessToken: other.AccessToken }));
  await expect(whoIs(other.AccessToken)).rejects.toMatchObject(revoked);

  const last = await signIn("ana");
  await client.send(new AdminDisableUserCommand({ UserPoolId, Username: "ana" }));
  await expect(whoIs(last.AccessToken)).rejects.toMatchObject(notAuthorized("User is disabled."));
  await client.send(new AdminEnableUserCommand({ UserPoolId, Username: "ana" }));
  await expect(whoIs(last.AccessToken)).rejects.toMatchObject(revoked);
  await expect(refresh(last.RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });
});

it("users are kept whole while many sign up, in and out at once, and where the pool is stopped in the middle", async () => {
  // cognito-local takes a name that ends in "Date" for a date.
  const names = ["user0", "update-Date", ...Array.from({ length: 10 }, (_, index) => `user${index + 1}`)];
  await Promise.all(names.map(account));
  const busy = async (name: string) => {
    for (let time = 0; time < 5; time++) {
      const { AccessToken } = await signIn(name);
      await client.send(new GlobalSignOutCommand({ AccessToken }));
    }
  };
  await Promise.all(names.map(busy));
  for (let time = 0; time < 3; time++) {
    const before = [UserPoolId, ClientId];
    // Whatever is under way fails.
    const calls = names.map((name) => busy(name).catch(() => {}));
    await signIn("user0");
    await local.stop();
    await Promise.all(calls);
    await start();
    expect([UserPoolId, ClientId]).toEqual(before);
    for (const name of names) expect((await signIn(name)).AccessToken).toBeDefined();
  }
});

it("a damaged file is named, with what to do, also by --fresh", async () => {
  await local.stop();
  const folder = path.join(copy.folder, ".local/app/.cognito/db");
  const [name = ""] = (await readdir(folder)).filter((one) => one.startsWith("local_"));
  const file = path.join(folder, name);
  const whole = await readFile(file, "utf8");
  for (const text of ["", whole.slice(0, -9), `${whole}}`]) {
    await writeFile(file, text);
    for (const options of [[], ["--fresh"]]) {
      const { code, stderr } = await copy.script("local", "app", ...options);
      expect({ code, stderr }).toEqual({
        code: 1,
        stderr: expect.stringContaining(`${name} is damaged. Delete .local/app, and start again`),
      });
      expect(stderr).not.toMatch(/^ +at /m);
    }
  }
  await writeFile(file, whole);
  await start();
});
