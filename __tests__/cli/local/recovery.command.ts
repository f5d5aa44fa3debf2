import {
  AdminConfirmSignUpCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminResetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ConfirmForgotPasswordCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { EnvironmentSettings } from "../../../settings/schema";
import { NATIVE, startApplication } from "../../support/local-application";
import { ProjectCopy } from "../../support/project-copy";

const PASSWORD = "Correct-Horse-1";
const ANOTHER = "Another-Horse-2";

let copy: ProjectCopy;
beforeAll(async () => {
  const phone: EnvironmentSettings = {
    ...NATIVE,
    aliasAttributes: ["phone_number", "email"],
    standardAttributes: { email: { required: false } },
    accountRecovery: ["verified_phone_number", "verified_email"],
  };
  const environments = { phone, closed: { ...NATIVE, accountRecovery: [] } };
  copy = await ProjectCopy.make({ project: "acme", region: "eu-west-1", environments });
});
afterAll(() => copy?.remove());

/** An application of a pool. */
async function start(environment: string) {
  const { local, client, ClientId, UserPoolId } = await startApplication(copy, environment);
  const listed = (attributes: Record<string, string>) =>
    Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  return {
    local,
    client,
    ClientId,
    UserPoolId,
    signUp: (Username: string, attributes: Record<string, string>) =>
      client.send(new SignUpCommand({ ClientId, Username, Password: PASSWORD, UserAttributes: listed(attributes) })),
    confirm: (Username: string, ConfirmationCode: string) =>
      client.send(new ConfirmSignUpCommand({ ClientId, Username, ConfirmationCode })),
    forget: (Username: string) => client.send(new ForgotPasswordCommand({ ClientId, Username })),
    reset: (Username: string) => client.send(new AdminResetUserPasswordCommand({ UserPoolId, Username })),
    choose: (Username: string, ConfirmationCode: string) =>
      client.send(new ConfirmForgotPasswordCommand({ ClientId, Username, ConfirmationCode, Password: ANOTHER })),
    update: (Username: string, attributes: Record<string, string>) =>
      client.send(new AdminUpdateUserAttributesCommand({ UserPoolId, Username, UserAttributes: listed(attributes) })),
    create: (Username: string, attributes: Record<string, string>, mediums?: ReadonlyArray<"SMS" | "EMAIL">) =>
      client.send(
        new AdminCreateUserCommand({
          ...{ UserPoolId, Username, UserAttributes: listed(attributes) },
          ...(mediums && { DesiredDeliveryMediums: [...mediums] }),
        }),
      ),
    statusOf: async (Username: string) =>
      (await client.send(new AdminGetUserCommand({ UserPoolId, Username }))).UserStatus,
    signIn: (USERNAME: string, password: string) => {
      const AuthParameters = { USERNAME, PASSWORD: password };
      return client.send(new InitiateAuthCommand({ ClientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters }));
    },
  };
}

describe("where users may have a number, an address, both or neither", () => {
  let app: Awaited<ReturnType<typeof start>>;
  beforeAll(async () => {
    app = await start("phone");
  });
  afterAll(() => app?.local.stop());

  it("the code for a new password goes to what is verified, the number first", async () => {
    const { local, signUp, confirm, forget, reset, update } = app;
    const first = await local.sent("ana", () => signUp("ana", { phone_number: "+491701234567" }));
    expect(first.destination).toBe("+491701234567");
    await confirm("ana", first.code);
    const forgot = await local.sent("ana", async () =>
      expect(await forget("ana")).toMatchObject({
        CodeDeliveryDetails: { AttributeName: "phone_number", DeliveryMedium: "SMS", Destination: "+*******4567" },
      }),
    );
    expect(forgot.destination).toBe("+491701234567");
    await app.choose("ana", forgot.code);
    await app.signIn("ana", ANOTHER);

    // The code at sign-up went to the number; the address is not proved.
    const both = { phone_number: "+491701234568", email: "ben@example.com" };
    const signedUp = await local.sent("ben", () => signUp("ben", both));
    await confirm("ben", signedUp.code);
    expect(await local.sent("ben", () => reset("ben"))).toMatchObject({ destination: both.phone_number });
    const other = { phone_number: "+491701234599", email: "dan@example.com" };
    await local.sent("dan", () => signUp("dan", other));
    await app.client.send(new AdminConfirmSignUpCommand({ UserPoolId: app.UserPoolId, Username: "dan" }));
    await update("dan", { email_verified: "true" });
    expect(await local.sent("dan", () => reset("dan"))).toMatchObject({ destination: other.email });
  });

  it("a sign-up with nothing that the pool verifies makes an account without a code", async () => {
    const from = await app.local.read();
    expect((await app.signUp("carl", {})).CodeDeliveryDetails).toBeUndefined();
    expect(await app.statusOf("carl")).toBe("UNCONFIRMED");
    await app.local.read();
    expect(app.local.output.slice(from)).not.toContain("Code:");
  });

  it("an invitation is a text message, unless it is said otherwise; where it cannot be sent, the account is made all the same", async () => {
    const { local, create, statusOf } = app;
    const attributes = { email: "dora@example.com", phone_number: "+491701234569" };
    expect(await local.sent("dora", () => create("dora", attributes))).toMatchObject({
      destination: attributes.phone_number,
    });
    const email = { email: "eve@example.com" };
    expect(await local.sent("eve", () => create("eve", email, ["EMAIL"]))).toMatchObject({
      destination: email.email,
    });
    await create("fay", { email: "fay@example.com" });
    await local.says(
      /Cognito would not have sent an invitation to fay: DesiredDeliveryMediums is SMS, and there is no/,
    );
    expect(await statusOf("fay")).toBe("FORCE_CHANGE_PASSWORD");
  });

  it("a code for a new account gives no password, and one for a password confirms nothing", async () => {
    const { local, signUp, confirm, choose, forget, update, client, UserPoolId } = app;
    const { code } = await local.sent("gil", () => signUp("gil", { email: "gil@example.com" }));
    await expect(choose("gil", code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
    await expect(confirm("gil", code === "123456" ? "654321" : "123456")).rejects.toMatchObject({
      name: "CodeMismatchException",
      message: "Invalid verification code provided, please try again.",
    });
    await expect(app.reset("gil")).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "User password cannot be reset in the current state.",
    });
    await client.send(new AdminConfirmSignUpCommand({ UserPoolId, Username: "gil" }));
    await expect(choose("gil", code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
    await expect(confirm("gil", code)).rejects.toMatchObject({
      name: "NotAuthorizedException",
      message: "User cannot be confirmed. Current status is CONFIRMED",
    });
    await update("gil", { email_verified: "true" });
    const forgot = await local.sent("gil", () => forget("gil"));
    await expect(confirm("gil", forgot.code)).rejects.toMatchObject({ name: "NotAuthorizedException" });
    await choose("gil", forgot.code);
    await expect(choose("gil", forgot.code)).rejects.toMatchObject({ name: "ExpiredCodeException" });
  });
});

it("where an administrator alone resets passwords, no code is sent", async () => {
  const { local, signUp, confirm, forget, reset } = await start("closed");
  try {
    const { code } = await local.sent("ana", () => signUp("ana", { email: "ana@example.com" }));
    await confirm("ana", code);
    for (const name of ["ana", "zoe"]) {
      await expect(forget(name)).rejects.toMatchObject({
        name: "NotAuthorizedException",
        message: "Contact administrator to reset password.",
      });
    }
    await expect(reset("ana")).rejects.toMatchObject({ name: "NotAuthorizedException" });
  } finally {
    await local.stop();
  }
});
