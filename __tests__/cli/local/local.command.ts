import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  ConfirmSignUpCommand,
  ForgotPasswordCommand,
  ListGroupsCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import {
  AuthenticationDetails,
  CognitoRefreshToken,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from "amazon-cognito-identity-js";
import type { ProjectSettings } from "../../../settings/schema";
import { freePort } from "../../support/free-port";
import { LocalPool } from "../../support/local-pool";
import { ProjectCopy } from "../../support/project-copy";

const SETTINGS: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  environments: {
    app: {
      selfSignUp: true,
      clientName: "web",
      clients: {
        admin: { clientName: "admin", callbackUrls: [] },
        copy: { clientName: "admin", callbackUrls: [] },
        phone: { clientType: "native", callbackUrls: ["acme://auth"], logoutUrls: ["acme://out"] },
      },
      groups: { editors: { description: "write articles" } },
      triggers: {
        postConfirmation: { file: "welcome.ts" },
        postAuthentication: { file: "functions/signed-in.ts" },
        customEmailSender: { functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:send" },
      },
      senderKeyArn: "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    },
  },
};

const PASSWORD = "Correct-Horse-1";

/** A function that lets Cognito go on. */
const GOES_ON = "export const handler = async (event: unknown) => event;\n";

let copy: ProjectCopy;
let port: number;
let pagePort: number;
let running: LocalPool | undefined;
beforeAll(async () => {
  copy = await ProjectCopy.make(SETTINGS);
  await mkdir(path.join(copy.folder, "functions"));
  await writeFile(path.join(copy.folder, "welcome.ts"), GOES_ON);
  await writeFile(path.join(copy.folder, "functions/signed-in.ts"), 'export { handler } from "./shared";\n');
  await writeFile(path.join(copy.folder, "functions/shared.ts"), GOES_ON);
  [port, pagePort] = [await freePort(), await freePort()];
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => copy?.remove());

/** `npm run local -- app`, until it is told to stop. */
async function start(...options: string[]): Promise<LocalPool> {
  const ports = ["--port", String(port), "--page-port", String(pagePort)];
  running = new LocalPool(copy.folder, ["local", "app", ...ports, ...options]);
  await running.says(/Ctrl-C ends it/);
  return running;
}

/** A sample application: amazon-cognito-identity-js, with the values that `npm run local` prints. */
function application(local: LocalPool) {
  const pool = new CognitoUserPool({
    UserPoolId: local.value("COGNITO_USER_POOL_ID"),
    ClientId: local.client("acme-app-phone"),
    endpoint: local.value("COGNITO_ENDPOINT"),
  });
  const userOf = (Username: string) => new CognitoUser({ Username, Pool: pool });
  const answered = <T>(call: (callback: (error?: Error, result?: T) => void) => void) =>
    new Promise<T>((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result as T))));
  return {
    signUp: (username: string, email: string) =>
      answered((callback) =>
        pool.signUp(username, PASSWORD, [new CognitoUserAttribute({ Name: "email", Value: email })], [], callback),
      ),
    confirm: (username: string, code: string) =>
      answered((callback) => userOf(username).confirmRegistration(code, false, callback)),
    /** By the secure remote password protocol, which never sends the password. */
    signIn: (username: string, Password: string) =>
      new Promise<CognitoUserSession>((onSuccess, onFailure) =>
        userOf(username).authenticateUser(new AuthenticationDetails({ Username: username, Password }), {
          onSuccess,
          onFailure,
        }),
      ),
    refresh: (username: string, token: string) =>
      answered<CognitoUserSession>((callback) =>
        userOf(username).refreshSession(new CognitoRefreshToken({ RefreshToken: token }), callback),
      ),
    forget: (username: string) =>
      new Promise((onSuccess, onFailure) => userOf(username).forgotPassword({ onSuccess, onFailure })),
    reset: (username: string, code: string, password: string) =>
      new Promise((resolve, onFailure) =>
        userOf(username).confirmPassword(code, password, { onSuccess: resolve, onFailure }),
      ),
  };
}

it("an application signs users up, confirms them and signs them in, and a duplicate is refused; all of it is there after a restart", async () => {
  const local = await start();
  const app = application(local);
  await app.signUp("ana", "ana@example.com");
  const [, code = ""] = await local.says(/Code:\s+(\d+)/);
  await app.confirm("ana", code);
  await local.says(/acme-app-post-confirmation, PostConfirmation_ConfirmSignUp: allowed/);
  const session = await app.signIn("ana", PASSWORD);
  expect(session.getIdToken().payload).toMatchObject({ email: "ana@example.com" });
  const refreshed = await app.refresh("ana", session.getRefreshToken().getToken());
  expect(refreshed.isValid()).toBe(true);

  await expect(app.signUp("ANA", "other@example.com")).rejects.toThrow("The username is already registered.");
  await expect(app.signUp("ben", "Ana@Example.com")).rejects.toThrow("The email is already registered.");
  await local.says(/acme-app-pre-sign-up, PreSignUp_SignUp: refused: The email is already registered/);

  const before = await local.read();
  await app.forget("ana");
  const [, reset = ""] = await local.says(/Code:\s+(\d+)/, before);
  await app.reset("ana", reset, "Another-Horse-2");
  await expect(app.signIn("ana", "Another-Horse-2")).resolves.toBeDefined();
  await local.stop();

  const again = await start();
  for (const name of ["COGNITO_USER_POOL_ID", "COGNITO_CLIENT_ID", "COGNITO_CLIENT_SECRET", "COGNITO_ENDPOINT"]) {
    expect([name, again.value(name)]).toEqual([name, local.value(name)]);
  }
  // Also of the two clients with one name.
  const clientsOf = ({ output }: LocalPool) => output.match(/client \S+: \S+/g);
  expect(clientsOf(again)).toHaveLength(4);
  expect(clientsOf(again)).toEqual(clientsOf(local));
  expect(again.value("COGNITO_CLIENT_ID")).toBe(again.client("web"));
  await expect(application(again).signIn("ana", "Another-Horse-2")).resolves.toBeDefined();
  await expect(application(again).signUp("ben", "Ana@Example.com")).rejects.toThrow("The email is already registered.");
  await again.stop();

  const fresh = await start("--fresh");
  expect(fresh.value("COGNITO_USER_POOL_ID")).toBe(local.value("COGNITO_USER_POOL_ID"));
  await expect(application(fresh).signUp("ben", "Ana@Example.com")).resolves.toBeDefined();
});

it("every code is printed when it is sent, whatever the username is like", async () => {
  const local = await start("--fresh");
  const app = application(local);
  for (let user = 0; user < 40; user++) {
    const from = await local.read();
    const username = `${"long".repeat(20)}│${user}`;
    await app.signUp(username, `${"long".repeat(15)}@${user}.example.com`);
    const [, code = ""] = await local.says(new RegExp(`Username: +${username}\n.*\n *Code: +(\\d+)\n`), from);
    await app.confirm(username, code);
  }
});

it("the AWS SDK works against it, and groups are there", async () => {
  const local = await start("--fresh");
  const client = local.sdk();
  const UserPoolId = local.value("COGNITO_USER_POOL_ID");
  const ClientId = local.client("acme-app-phone");
  const UserAttributes = [{ Name: "email", Value: "carl@example.com" }];
  await client.send(new SignUpCommand({ ClientId, Username: "carl", Password: PASSWORD, UserAttributes }));
  const [, ConfirmationCode = ""] = await local.says(/Code:\s+(\d+)/);
  await client.send(new ConfirmSignUpCommand({ ClientId, Username: "carl", ConfirmationCode }));
  expect(await client.send(new AdminGetUserCommand({ UserPoolId, Username: "carl" }))).toMatchObject({
    UserStatus: "CONFIRMED",
  });
  const duplicate = new SignUpCommand({ ClientId, Username: "Carl", Password: PASSWORD, UserAttributes });
  await expect(client.send(duplicate)).rejects.toThrow("The username is already registered.");
  const { Groups = [] } = await client.send(new ListGroupsCommand({ UserPoolId }));
  expect(Groups.map(({ GroupName }) => GroupName)).toEqual(["editors"]);
  await client.send(new ForgotPasswordCommand({ ClientId, Username: "carl" }));
  await local.says(/Code:[\s\S]*Code:/);
});

it("the function is asked about accounts that an administrator creates, in Cognito's words, and tokens name the printed issuer", async () => {
  const local = await start("--fresh");
  const client = local.sdk();
  const create = (Username: string, email: string) =>
    client.send(
      new AdminCreateUserCommand({
        UserPoolId: local.value("COGNITO_USER_POOL_ID"),
        Username,
        UserAttributes: [{ Name: "email", Value: email }],
        DesiredDeliveryMediums: ["EMAIL"],
      }),
    );
  await create("eve", "eve@example.com");
  const message = "PreSignUp failed with error The username is already registered.";
  await expect(create("EVE", "other@example.com")).rejects.toMatchObject({
    name: "UserLambdaValidationException",
    message,
  });
  await local.says(/acme-app-pre-sign-up, PreSignUp_AdminCreateUser: refused: The username is already registered/);
  await expect(application(local).signUp("Eve", "other@example.com")).rejects.toMatchObject({ message });

  await application(local).signUp("fay", "fay@example.com");
  const [, code = ""] = await local.says(/Username:\s+fay[\s\S]*Code:\s+(\d+)/);
  await application(local).confirm("fay", code);
  const session = await application(local).signIn("fay", PASSWORD);
  expect(session.getIdToken().payload.iss).toBe(local.value("ISSUER"));
  expect((await fetch(local.value("JWKS_URL"))).ok).toBe(true);
});

it("a second one for the same environment is refused, and so are sign-ups where users do not sign up by themselves", async () => {
  const local = await start("--fresh");
  const second = await copy.run(process.execPath, ["cli/run.mjs", "cli/main.ts", "local", "app", "--port", "1"]);
  expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('"npm run local -- app" has been running') });
  await copy.configure({ ...SETTINGS, environments: { app: { ...SETTINGS.environments.app, selfSignUp: false } } });
  await local.says(/Users do not sign up by themselves/);
  await expect(application(local).signUp("gil", "gil@example.com")).rejects.toThrow(
    "SignUp is not permitted for this user pool",
  );
  await copy.configure(SETTINGS);
  await local.says(/Ctrl-C ends it[\s\S]*Ctrl-C ends it[\s\S]*Ctrl-C ends it/);
});

it("a change of the settings starts it again, with the same pool and its users; wrong settings are named, and mended", async () => {
  const local = await start("--fresh");
  await application(local).signUp("dora", "dora@example.com");
  const changed = { ...SETTINGS.environments.app, groups: { editors: {}, readers: {} } };
  let from = await local.read();
  await copy.configure({ ...SETTINGS, environments: { app: changed } });
  await local.says(/environments\.ts has changed[\s\S]*Ctrl-C ends it/, from);
  const { Groups = [] } = await local
    .sdk()
    .send(new ListGroupsCommand({ UserPoolId: local.value("COGNITO_USER_POOL_ID") }));
  expect(Groups.map(({ GroupName }) => GroupName).sort()).toEqual(["editors", "readers"]);
  await expect(application(local).signUp("Dora", "other@example.com")).rejects.toThrow("already registered");

  from = await local.read();
  await copy.configure({ ...SETTINGS, environments: { app: { ...changed, memorySize: 1 } } });
  await local.says(/memorySize[\s\S]*Waiting for a change/, from);
  from = await local.read();
  await rm(path.join(copy.folder, "environments.ts"));
  await local.says(/environments\.ts has changed[\s\S]*Waiting for a change/, from);
  from = await local.read();
  await copy.configure({ ...SETTINGS, environments: { app: changed } });
  await local.says(/Ctrl-C ends it/, from);
});

it("a change of a function starts it again, wherever its file is; one that cannot be bundled is named, and mended", async () => {
  const local = await start("--fresh");
  expect(local.output.match(/trigger .* is not called here/g)).toEqual([
    "trigger customEmailSender is not called here",
  ]);
  const refuses = 'export const handler = async () => { throw new Error("not today"); };\n';
  const change = async (file: string, text: string, says: RegExp) => {
    const from = await local.read();
    await writeFile(path.join(copy.folder, file), text);
    await local.says(says, from);
    return local.output.slice(from);
  };
  await change("welcome.ts", `${GOES_ON}// `, /welcome\.ts has changed[\s\S]*Ctrl-C ends it/);
  await change("functions/shared.ts", refuses, /functions\/shared\.ts has changed[\s\S]*Ctrl-C ends it/);
  await application(local).signUp("hal", "hal@example.com");
  const [, code = ""] = await local.says(/Code:\s+(\d+)/);
  await application(local).confirm("hal", code);
  // cognito-local lets it go on.
  await application(local).signIn("hal", PASSWORD);
  await local.says(/PostAuthentication_Authentication: refused: not today/);

  await change(
    "functions/shared.ts",
    "export const handler = (",
    /functions\/shared\.ts:1: [\s\S]*Waiting for a change/,
  );
  await change("functions/shared.ts", GOES_ON, /functions\/shared\.ts has changed[\s\S]*Ctrl-C ends it/);
  await application(local).signIn("hal", PASSWORD);
  await local.says(/PostAuthentication_Authentication: allowed/);

  const own = "lambda/pre-sign-up/handler.ts";
  const before = await readFile(path.join(copy.folder, own), "utf8");
  const said = await change(own, `${before}\nexport const broken = (`, /Waiting for a change/);
  expect(said).toMatch(/The function pre-sign-up must be a file .*; it says: lambda\/pre-sign-up\/handler\.ts:\d+: /);
  expect(said).not.toMatch(/^ +at /m);
  await change(own, before, /lambda\/pre-sign-up\/handler\.ts has changed[\s\S]*Ctrl-C ends it/);
});

it("an environment that there is not is refused before anything is started", async () => {
  const { code, stderr } = await copy.run(process.execPath, ["cli/run.mjs", "cli/main.ts", "local", "ap"]);
  expect({ code, stderr }).toEqual({ code: 64, stderr: expect.stringContaining('There is no environment "ap"') });
  await rm(path.join(copy.folder, ".local"), { recursive: true, force: true });
});
