import { EventEmitter, once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  AdminCreateUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  SignUpCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { LocalCognito } from "../../../cli/emulator/local-cognito";

const PASSWORD = "Correct-Horse-1";

let folder: string;
let lambda: http.Server;
let cognito: LocalCognito;
let client: CognitoIdentityProviderClient;
let pool: { readonly UserPoolId: string | undefined; readonly ClientId: string | undefined };
/** What the CustomMessage function answers. */
let response: object;
const messages = new EventEmitter<{ message: [string] }>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "local-cognito-"));
  lambda = http.createServer(async (request, answer) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = JSON.parse(Buffer.concat(chunks).toString("utf8"));
    answer.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ ...event, response }));
  });
  lambda.listen(0, "127.0.0.1");
  await once(lambda, "listening");
  cognito = await LocalCognito.start({
    folder,
    lambdaEndpoint: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
    triggers: { CustomMessage: "custom-message" },
    onMessage: (message) => messages.emit("message", message),
  });
  client = new CognitoIdentityProviderClient({
    endpoint: cognito.endpoint,
    region: "eu-west-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  });
  const { UserPool } = await client.send(
    new CreateUserPoolCommand({ PoolName: "own", AutoVerifiedAttributes: ["email"] }),
  );
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId: UserPool?.Id, ClientName: "own" }),
  );
  pool = { UserPoolId: UserPool?.Id, ClientId: UserPoolClient?.ClientId };
});
beforeEach(() => {
  response = {};
});
afterAll(async () => {
  await cognito?.close();
  lambda?.close();
  await rm(folder, { recursive: true, force: true });
});

/** Does something that lets Cognito send a message; answers the message. */
async function messageOf(call: () => Promise<unknown>): Promise<string> {
  const [[message]] = await Promise.all([once(messages, "message"), call()]);
  return message;
}

function signUp(Username: string, email: string): Promise<string> {
  const UserAttributes = [{ Name: "email", Value: email }];
  const command = new SignUpCommand({ ClientId: pool.ClientId, Username, Password: PASSWORD, UserAttributes });
  return messageOf(() => client.send(command));
}

it("each message comes by itself, not with a later one", async () => {
  for (let user = 1; user <= 40; user++) {
    expect(await signUp(`user-${user}`, `user-${user}@example.com`)).toMatch(
      new RegExp(`^  Username:    user-${user}\n  Destination: user-${user}@example\\.com\n  Code:        \\d+$`),
    );
  }
});

it.each([
  ["of 128 characters", "l".repeat(128), `${"a".repeat(64)}@${"b".repeat(60)}.example.com`],
  ["with characters that draw boxes", "a │ b ╭─╮", "│@example.com"],
  ["with spaces at its ends", " ana ", "spaces@example.com"],
])("a username %s is in its message as it is, and so is the address", async (_, username, email) => {
  const lines = (await signUp(username, email)).split("\n");
  expect(lines.slice(0, -1)).toEqual([`  Username:    ${username}`, `  Destination: ${email}`]);
});

it("what the function for messages has written is in it, for the way that it is sent", async () => {
  response = { emailSubject: "Welcome", emailMessage: "Hello,\n\nyour code: {####}", smsMessage: "Code {####}" };
  expect(await signUp("mail", "mail@example.com")).toMatch(
    /\n {2}Email Subject: Welcome\n {2}Email Message: Hello,\n\n {17}your code: \d+$/,
  );
  const invitation = new AdminCreateUserCommand({
    UserPoolId: pool.UserPoolId,
    Username: "phone",
    TemporaryPassword: "Temporary-1",
    UserAttributes: [{ Name: "phone_number", Value: "+4915112345678" }],
    DesiredDeliveryMediums: ["SMS"],
  });
  expect(await messageOf(() => client.send(invitation))).toBe(
    "  Username:    phone\n  Destination: +4915112345678\n  Code:        Temporary-1\n  SMS Message: Code Temporary-1",
  );
});
