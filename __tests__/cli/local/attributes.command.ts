import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminUpdateUserAttributesCommand,
  type CognitoIdentityProviderClient,
  ConfirmSignUpCommand,
  GetUserAttributeVerificationCodeCommand,
  GetUserCommand,
  InitiateAuthCommand,
  SignUpCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { NATIVE, projectOf, startApplication } from "../../support/local-application";
import type { LocalPool } from "../../support/local-pool";
import type { ProjectCopy } from "../../support/project-copy";

const Password = "Correct-Horse-1";
const EVENTS = "events.txt";

let copy: ProjectCopy;
let local: LocalPool;
let client: CognitoIdentityProviderClient;
let ClientId: string;
let UserPoolId: string;
beforeAll(async () => {
  copy = await projectOf({
    ...NATIVE,
    usernameAttributes: ["email", "phone_number"],
    triggers: { postConfirmation: { file: "confirmed.ts" } },
  });
  const file = JSON.stringify(path.join(copy.folder, EVENTS));
  await writeFile(
    path.join(copy.folder, "confirmed.ts"),
    `import { writeFileSync } from "node:fs";
export const handler = async (event: object) => {
  writeFileSync(${file}, JSON.stringify(event));
  return event;
};
`,
  );
  ({ local, client, ClientId, UserPoolId } = await startApplication(copy));
});
afterAll(async () => {
  await local?.stop();
  await copy?.remove();
});

/** Signs a user up with an address or a number, and in; answers the access token. */
async function user(Username: string): Promise<string> {
  const from = await local.read();
  await client.send(new SignUpCommand({ ClientId, Username, Password }));
  const [, ConfirmationCode = ""] = await local.says(/Code: +(\d+)/, from);
  await client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode }));
  const AuthParameters = { USERNAME: Username, PASSWORD: Password };
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }),
  );
  return AuthenticationResult?.AccessToken ?? "";
}

it.each([
  ["email", "ana@example.com"],
  ["phone_number", "+491701234567"],
])("users sign up with their %s, and a function is told that it is verified", async (name, value) => {
  const AccessToken = await user(value);
  const { Username, UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
  expect(UserAttributes).toContainEqual({ Name: name, Value: value });
  // As Cognito has it, the username is the id.
  expect(UserAttributes).toContainEqual({ Name: "sub", Value: Username });
  const event = JSON.parse(await readFile(path.join(copy.folder, EVENTS), "utf8"));
  expect(event.request.userAttributes).toMatchObject({ [name]: value, [`${name}_verified`]: "true" });
  await expect(client.send(new SignUpCommand({ ClientId, Username: value, Password }))).rejects.toThrow(
    /already|exists/,
  );
});

it("a username that is neither is refused before the function is asked", async () => {
  const from = await local.read();
  await expect(client.send(new SignUpCommand({ ClientId, Username: "ben", Password }))).rejects.toMatchObject({
    name: "InvalidParameterException",
    message: "Username should be either an email or a phone number.",
  });
  await local.read();
  expect(local.output.slice(from)).not.toContain("pre-sign-up");
});

it("an administrator creates a user by a number", async () => {
  const Username = "+491701234570";
  const from = await local.read();
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username }));
  await local.says(/Destination: +\+491701234570/, from);
  const { UserAttributes } = await client.send(new AdminGetUserCommand({ UserPoolId, Username }));
  expect(UserAttributes).toContainEqual({ Name: "phone_number", Value: Username });
});

it("a code for an attribute is sent to that one, and verifies that one only", async () => {
  const AccessToken = await user("carl@example.com");
  const { Username } = await client.send(new GetUserCommand({ AccessToken }));
  const update = (Value: string) =>
    client.send(
      new AdminUpdateUserAttributesCommand({
        ...{ UserPoolId, Username },
        UserAttributes: [{ Name: "phone_number", Value }],
      }),
    );
  const verify = (AttributeName: string, Code: string) =>
    client.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName, Code }));
  const ask = async (AttributeName: "email" | "phone_number", destination: string) => {
    const from = await local.read();
    const asked = new GetUserAttributeVerificationCodeCommand({ AccessToken, AttributeName });
    const { CodeDeliveryDetails } = await client.send(asked);
    const [, sentTo, code = ""] = await local.says(/Destination: +(\S+)\n *Code: +(\d+)/, from);
    expect(sentTo).toBe(destination);
    return { code, CodeDeliveryDetails };
  };
  await update("+491701234571");
  // A new address waits for its own code.
  const changed = new UpdateUserAttributesCommand({
    AccessToken,
    UserAttributes: [{ Name: "email", Value: "carl@example.org" }],
  });
  await client.send(changed);
  const earlier = await ask("phone_number", "+491701234571");
  await verify("phone_number", earlier.code);
  const { UserAttributes } = await client.send(new GetUserCommand({ AccessToken }));
  expect(UserAttributes).toContainEqual({ Name: "email", Value: "carl@example.com" });
  const email = await ask("email", "carl@example.org");
  expect(email.CodeDeliveryDetails).toEqual({
    ...{ AttributeName: "email", DeliveryMedium: "EMAIL", Destination: "c***@e***" },
  });
  await expect(verify("phone_number", email.code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  await verify("email", email.code);
  await expect(verify("email", email.code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  const phone = await ask("phone_number", "+491701234571");
  await verify("phone_number", phone.code);

  // The number of the user that has signed up with it.
  await update("+491701234567");
  const taken = await ask("phone_number", "+491701234567");
  await expect(verify("phone_number", taken.code)).rejects.toMatchObject({ name: "AliasExistsException" });
});
