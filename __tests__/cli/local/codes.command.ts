import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminResetUserPasswordCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  AdminUserGlobalSignOutCommand,
  type CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  ResendConfirmationCodeCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { NATIVE, projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";

let copy: ProjectCopy;
let local: LocalPool;
let client: CognitoIdentityProviderClient;
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf(NATIVE);
  ({ local, client, ClientId, UserPoolId } = await startApplication(copy));
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

const emailOf = (name: string) => [{ Name: "email", Value: `${name}@example.com` }];
const signUp = (Username: string) =>
  client.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes: emailOf(Username) }));
const signIn = async (USERNAME: string, password: string) => {
  const AuthParameters = { USERNAME, PASSWORD: password };
  return client.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
};
const refresh = (REFRESH_TOKEN = "") =>
  client.send(new InitiateAuthCommand({ ClientId, AuthFlow: "REFRESH_TOKEN_AUTH", AuthParameters: { REFRESH_TOKEN } }));

const codeOf = async (Username: string, call: () => Promise<unknown>) => (await local.sent(Username, call)).code;

it("a code is sent again while an account is not confirmed, and the former one is good no more", async () => {
  const first = await codeOf("ana", () => signUp("ana"));
  const resend = (Username: string) => client.send(new ResendConfirmationCodeCommand({ ClientId, Username }));
  let second = first;
  // Codes are drawn: one in a million is the same again.
  while (second === first) second = await codeOf("ana", () => resend("ANA"));
  const confirm = (ConfirmationCode: string) =>
    client.send(new ConfirmSignUpCommand({ ClientId, Username: "ana", ConfirmationCode }));
  await expect(confirm(first)).rejects.toMatchObject({ name: "CodeMismatchException" });
  await confirm(second);
  await expect(resend("ana")).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "User is already confirmed.",
  });
  // The client does not tell which users there are.
  expect(await resend("zoe")).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } });
  await local.says(/ResendConfirmationCode is answered as if a code had been sent, but: User does not exist\./);
});

it("a password is reset where an address is verified only", async () => {
  await signUp("ben");
  await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: "ben" }));
  const forget = () => client.send(new ForgotPasswordCommand({ ClientId, Username: "ben" }));
  const from = await local.read();
  expect(await forget()).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } });
  await local.says(/ForgotPassword is answered as .*, but: .*no registered\/verified email or phone_number/, from);
  await local.read();
  expect(local.output.slice(from)).not.toContain("Code:");
  const reset = () => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username: "ben" }));
  await expect(reset()).rejects.toMatchObject({ name: "InvalidParameterException" });

  const UserAttributes = [{ Name: "email_verified", Value: "true" }];
  await client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username: "ben", UserAttributes }));
  await codeOf("ben", forget);
  const ConfirmationCode = await codeOf("ben", reset);
  await expect(signIn("ben", PASSWORD)).rejects.toMatchObject({ name: "PasswordResetRequiredException" });
  const Password = "Another-Horse-2";
  await client.send(new ConfirmForgotPasswordCommand({ ClientId, Username: "ben", ConfirmationCode, Password }));
  expect((await signIn("ben", Password)).AuthenticationResult?.AccessToken).toBeDefined();
});

it("an invitation is sent again, with another temporary password, until the user has a password", async () => {
  const UserAttributes = emailOf("carl");
  const create = (given: { MessageAction?: "RESEND" }) =>
    client.send(
      new AdminCreateUserCommand({
        ...{ UserPoolId, Username: "carl", UserAttributes, DesiredDeliveryMediums: ["EMAIL"] },
        ...given,
      }),
    );
  await expect(create({ MessageAction: "RESEND" })).rejects.toMatchObject({ name: "UserNotFoundException" });
  const first = await codeOf("carl", () => create({}));
  const second = await codeOf("carl", () => create({ MessageAction: "RESEND" }));
  expect(second).not.toBe(first);
  await expect(signIn("carl", first)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  expect(await signIn("carl", second)).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED" });
  await expect(client.send(new ForgotPasswordCommand({ ClientId, Username: "carl" }))).rejects.toMatchObject({
    message: "User password cannot be reset in the current state.",
  });
  const Permanent = { UserPoolId, Username: "carl", Password: PASSWORD, Permanent: true };
  await client.send(new AdminSetUserPasswordCommand(Permanent));
  await expect(create({ MessageAction: "RESEND" })).rejects.toMatchObject({ name: "UnsupportedUserStateException" });
});

it("after a sign-out everywhere, refresh tokens are refused", async () => {
  await signUp("dora");
  await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: "dora" }));
  const tokens = async () => (await signIn("dora", PASSWORD)).AuthenticationResult ?? {};
  const { AccessToken, RefreshToken } = await tokens();
  await refresh(RefreshToken);
  await client.send(new GlobalSignOutCommand({ AccessToken }));
  await expect(refresh(RefreshToken)).rejects.toMatchObject({ name: "NotAuthorizedException" });

  const { RefreshToken: another } = await tokens();
  await refresh(another);
  await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: "DORA" }));
  await expect(refresh(another)).rejects.toMatchObject({ name: "NotAuthorizedException" });
  await expect(client.send(new GlobalSignOutCommand({ AccessToken: "no.to.ken" }))).rejects.toMatchObject({
    name: "NotAuthorizedException",
  });
});
