import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { LocalCognito } from "../../../cli/emulator/local-cognito";
import { AwsError } from "../../../lambda/aws/client";
import { listUsersWith } from "../../../lambda/uniqueness/list-users";
import { cognitoAt, migrationOf, PASSWORD, type Where } from "../../support/old-pool";
import { localTables } from "../../support/tables";

/* Two emulated Cognitos: the old pool's, and the new pool's, which calls the function by itself. */

let folder: string;
let old: LocalCognito;
let fresh: LocalCognito;
let lambda: http.Server;
let tables: Awaited<ReturnType<typeof localTables>>;
let oldPool: Where;
let pool: Where;
let called: object[];

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "user-migration-"));
  tables = await localTables();
  lambda = http.createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { answer, refusal } = await onEvent(JSON.parse(Buffer.concat(chunks).toString("utf8")));
    const failed = refusal ? { "x-amz-function-error": "Unhandled" } : {};
    response.writeHead(200, { "content-type": "application/json", ...failed });
    response.end(JSON.stringify(answer ?? { errorMessage: refusal?.message }));
  });
  lambda.listen(0, "127.0.0.1");
  await once(lambda, "listening");
  const lambdaEndpoint = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
  const none = { lambdaEndpoint, triggers: {} };
  [old, fresh] = await Promise.all([
    LocalCognito.start({ ...none, folder: path.join(folder, "old") }),
    LocalCognito.start({ ...none, folder: path.join(folder, "new"), triggers: { UserMigration: "user-migration" } }),
  ]);
  oldPool = await poolAt(old.endpoint);
  pool = await poolAt(fresh.endpoint);
  for (const [username, email] of [
    ["username", "ana@example.com"],
    ["Username", "ana@example.com"],
    ["Ben", "Ben@example.com"],
  ] as const) {
    const user = { UserPoolId: oldPool.userPoolId, Username: username };
    const UserAttributes = [
      { Name: "email", Value: email },
      { Name: "email_verified", Value: "true" },
    ];
    await ask(oldPool, "AdminCreateUser", { ...user, UserAttributes, MessageAction: "SUPPRESS" });
    await ask(oldPool, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
  }
});
beforeEach(() => {
  called = [];
});
afterAll(async () => {
  await Promise.all([old?.close(), fresh?.close(), tables?.close()]);
  lambda?.closeAllConnections();
  lambda?.close();
  await rm(folder, { recursive: true, force: true });
});

function onEvent(event: { userName: string }) {
  called.push(event);
  const accounts = { listUsers: listUsersWith(cognitoAt(pool.endpoint)) };
  return migrationOf({ oldPool, accounts, table: tables.table }).handle(event);
}

it("a user with the old password is signed in and gets an account of the same name, which the pool then knows", async () => {
  expect(await signIn("Ben")).toBe("signed in");
  expect(called).toHaveLength(1);
  expect(await ask(pool, "AdminGetUser", { UserPoolId: pool.userPoolId, Username: "Ben" })).toMatchObject({
    UserStatus: "CONFIRMED",
    UserAttributes: expect.arrayContaining([
      { Name: "email", Value: "Ben@example.com" },
      { Name: "email_verified", Value: "true" },
    ]),
  });
  expect(await signIn("Ben")).toBe("signed in");
  expect(await signIn("Ben", "Wrong-Horse-1")).toMatch(/^(?:NotAuthorized|InvalidPassword)/);
  expect(called).toHaveLength(1);
});

it.each([
  ["with a wrong password", "username", "Wrong-Horse-1"],
  ["with an unknown username", "unknown", PASSWORD],
  ["with a duplicate account", "Username", PASSWORD],
])("a user %s is not signed in and gets no account", async (_, username, password) => {
  expect(await signIn(username, password)).toBe("NotAuthorizedException");
  expect(called).toHaveLength(1);
  const { Users } = (await ask(pool, "ListUsers", { UserPoolId: pool.userPoolId })) as {
    Users: { Username: string }[];
  };
  expect(Users.map(({ Username }) => Username)).toEqual(["Ben"]);
});

function ask({ endpoint }: Where, operation: string, input: object): Promise<unknown> {
  return cognitoAt(endpoint)(`AWSCognitoIdentityProviderService.${operation}`, input, Date.now() + 10_000);
}

async function poolAt(endpoint: string): Promise<Where> {
  const at = { endpoint, userPoolId: "", clientId: "" };
  const { UserPool } = (await ask(at, "CreateUserPool", { PoolName: "pool" })) as { UserPool: { Id: string } };
  const { UserPoolClient } = (await ask(at, "CreateUserPoolClient", {
    UserPoolId: UserPool.Id,
    ClientName: "client",
  })) as { UserPoolClient: { ClientId: string } };
  return { endpoint, userPoolId: UserPool.Id, clientId: UserPoolClient.ClientId };
}

async function signIn(username: string, password = PASSWORD): Promise<string> {
  const AuthParameters = { USERNAME: username, PASSWORD: password };
  const input = { ClientId: pool.clientId, AuthFlow: "USER_PASSWORD_AUTH", AuthParameters };
  try {
    const answer = (await ask(pool, "InitiateAuth", input)) as { AuthenticationResult?: { AccessToken?: string } };
    return answer.AuthenticationResult?.AccessToken ? "signed in" : JSON.stringify(answer);
  } catch (error) {
    if (error instanceof AwsError) return error.code;
    throw error;
  }
}
