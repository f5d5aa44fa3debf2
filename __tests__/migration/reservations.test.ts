import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type AttributeValue, DynamoDBClient, GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { LocalCognito } from "../../cli/emulator/local-cognito";
import { LocalDynamoDb } from "../../cli/emulator/local-dynamodb";
import { awsClient } from "../../lambda/aws/client";
import { IN_FLIGHT } from "../../lambda/identity/reservation";
import type { User } from "../../migration/pool/user";
import { backfill } from "../../migration/reservations/backfill";
import { prune } from "../../migration/reservations/prune";
import { ReservationsTable } from "../../migration/reservations/table";
import { isComplete, verify } from "../../migration/reservations/verify";
import { Store } from "../../migration/store/store";
import { directoryAt } from "../support/directories";
import { DAY } from "../support/handler";
import { TABLE, type Tables, tables } from "../support/tables";

const credentials = { accessKeyId: "test", secretAccessKey: "test" };
const region = "eu-west-1";

let cognito: LocalCognito;
let dynamoDb: LocalDynamoDb;
let folder: string;
let items: Tables;
let table: ReservationsTable;
let poolId: string;
let client: DynamoDBClient;
let dynamoDbEndpoint: string;

const call = (operation: string, input: object) =>
  awsClient({ service: "cognito-idp", region, credentials, endpoint: cognito.endpoint, attemptTimeout: 10_000 })(
    `AWSCognitoIdentityProviderService.${operation}`,
    input,
    Date.now() + 10_000,
  );

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "reservations-"));
  cognito = await LocalCognito.start({ folder, lambdaEndpoint: "http://127.0.0.1:9", triggers: {} });
  dynamoDb = new LocalDynamoDb();
  dynamoDbEndpoint = await dynamoDb.listen();
  items = await tables(dynamoDbEndpoint);
  client = new DynamoDBClient({ region, credentials, endpoint: dynamoDbEndpoint, maxAttempts: 1 });
  table = new ReservationsTable(client, TABLE);
});
afterAll(async () => {
  await Promise.all([cognito.close(), dynamoDb.close()]);
  await rm(folder, { recursive: true, force: true });
});
beforeEach(async () => {
  await items.clear();
  const created = (await call("CreateUserPool", { PoolName: "old" })) as { UserPool: { Id: string } };
  poolId = created.UserPool.Id;
});

async function add(username: string, email: string): Promise<void> {
  await call("AdminCreateUser", {
    UserPoolId: poolId,
    Username: username,
    UserAttributes: [{ Name: "email", Value: email }],
    MessageAction: "SUPPRESS",
  });
}

const pool = () => directoryAt(cognito.endpoint, poolId);

const run = (apply: boolean) => backfill({ pool: pool(), table, unconfirmedHold: DAY, apply, onPage: () => {} });
const check = () => verify({ pool: pool(), table, unconfirmedHold: DAY, onPage: () => {} });

it("backfill makes the reservations of existing accounts, and none the second time", async () => {
  await add("Ana", "Ana@Example.com");
  await add("ben", "ben@example.com");
  expect(await check()).toMatchObject({ accounts: 2, reserved: 0, missing: 4 });

  expect(await run(true)).toMatchObject({ accounts: 2, present: 0, made: 4 });
  const reservations = await items.items();
  expect(Object.keys(reservations).sort()).toEqual([
    "EMAIL#ana@example.com",
    "EMAIL#ben@example.com",
    "USERNAME#ana",
    "USERNAME#ben",
  ]);
  expect(reservations["EMAIL#ana@example.com"]).toMatchObject({ username: "Ana", email: "Ana@Example.com" });

  expect(await run(true)).toMatchObject({ present: 4, made: 0 });
  const verified = await check();
  expect(verified).toMatchObject({ reserved: 4, missing: 0, foreign: 0, unused: 0 });
  expect(isComplete(verified)).toBe(true);
});

it("a dry run writes nothing and reports the same", async () => {
  await add("ana", "ana@example.com");
  await add("ANA", "other@example.com");
  const dry = await run(false);
  expect(await items.items()).toEqual({});
  const applied = await run(true);
  expect({ ...dry, collisions: [...dry.collisions] }).toEqual({ ...applied, collisions: [...applied.collisions] });
});

it("duplicate accounts are named, and the first keeps the reservation", async () => {
  await add("username", "ana@example.com");
  await add("Username", "ANA@example.com");
  await add("third", "ana@Example.com");
  const { collisions, made } = await run(true);
  expect([...collisions.values()]).toEqual([
    { name: "username", canonical: "username", usernames: expect.arrayContaining(["Username", "username"]) },
    { name: "email", canonical: "ana@example.com", usernames: expect.arrayContaining(["username"]) },
  ]);
  expect(made).toBe(3);
  const verified = await check();
  expect(verified.collisions.size).toBe(2);
  expect(isComplete(verified)).toBe(false);
});

it("the reservation of a failed sign-up is taken over, one in flight is not", async () => {
  await add("ana", "ana@example.com");
  await items.write("EMAIL#ana@example.com", "gone", "ana@example.com", "gone", Date.now() - IN_FLIGHT);
  await items.write("USERNAME#ana", "other", "x@example.com", "in progress", Date.now());
  expect(await check()).toMatchObject({ reserved: 0, foreign: 2 });
  expect(await run(true)).toMatchObject({ takenOver: 1, inFlight: 1, made: 0 });
  expect((await items.items())["EMAIL#ana@example.com"]?.username).toBe("ana");
});

it("reservations without an account are counted", async () => {
  await add("ana", "ana@example.com");
  await run(true);
  await items.write("USERNAME#gone", "gone", "gone@example.com", "x", 0);
  const verified = await check();
  expect(verified.unused).toBe(1);
  expect(isComplete(verified)).toBe(true);
});

it("the username of an account without an address is reserved", async () => {
  await call("AdminCreateUser", { UserPoolId: poolId, Username: "ana", MessageAction: "SUPPRESS" });
  expect(await run(true)).toMatchObject({ made: 1 });
  expect(await items.items()).toMatchObject({ "USERNAME#ana": { username: "ana", email: "" } });
});

describe("a backfill that was stopped", () => {
  let store: Store;
  let said: string[];
  /** Tokens that it read from. */
  let froms: Array<string | undefined>;
  beforeEach(() => {
    store = Store.open(path.join(folder, `${poolId}.db`));
    [said, froms] = [[], []];
  });
  afterEach(() => store.close());

  /** The pool in two pages. `happens` is called before the second one. */
  async function inPages(happens: () => void, into = table) {
    const paged = pool();
    const all: User[] = [];
    for await (const { users } of pool().pages()) all.push(...users);
    paged.pages = async function* (from) {
      froms.push(from);
      if (from === undefined) yield { users: all.slice(0, 2), next: "second" };
      happens();
      yield { users: all.slice(2), next: undefined };
    };
    const note = (text: string) => said.push(text);
    return backfill({ pool: paged, table: into, unconfirmedHold: DAY, apply: true, store, note, onPage: () => {} });
  }
  const stop = () => {
    throw new Error("stopped");
  };
  const duplicatesOnTheFirstPage = async () => {
    await add("username", "ana@example.com");
    await add("Username", "ben@example.com");
    await add("zoe", "zoe@example.com");
    await expect(inPages(stop)).rejects.toThrow("stopped");
  };

  it("continues, and does not forget collisions of the pages before", async () => {
    await duplicatesOnTheFirstPage();
    const report = await inPages(() => {});
    expect(froms).toEqual([undefined, "second"]);
    expect(said).toEqual(["Continuing after the 2 accounts that an earlier run read."]);
    expect(report).toMatchObject({ accounts: 3, made: 5 });
    expect([...report.collisions.values()]).toEqual([
      { name: "username", canonical: "username", usernames: ["Username", "username"] },
    ]);
    expect(await inPages(() => {})).toMatchObject({ accounts: 3, present: 5, made: 0 });
    expect(froms).toEqual([undefined, "second", undefined]);
  });

  it("begins at the first account for another table", async () => {
    await duplicatesOnTheFirstPage();
    const other = new ReservationsTable(client, TABLE);
    Object.defineProperty(other, "name", { value: "other" });
    const missing = await inPages(() => {}, other).catch(({ name }: Error) => name);
    expect([missing, froms]).toEqual(["ResourceNotFoundException", [undefined, undefined]]);
  });

  it("starts again with a sentence if its token has expired", async () => {
    await duplicatesOnTheFirstPage();
    let expired = true;
    const report = await inPages(() => {
      if (expired) {
        expired = false;
        throw Object.assign(new Error("Invalid pagination token given"), { name: "InvalidParameterException" });
      }
    });
    expect(said).toEqual([
      "Continuing after the 2 accounts that an earlier run read.",
      "The pagination token of the earlier run has expired: starting again.",
    ]);
    expect(report).toMatchObject({ accounts: 3, present: 3, made: 2 });
    expect(report.collisions.size).toBe(1);
  });
});

it.each<[string, Record<string, AttributeValue>]>([
  ["a time that is no number", { reservedAt: { S: "soon" } }],
  ["no attempt", { attempt: { NULL: true } }],
])("an item with %s is named, and is left as it is", async (_, damage) => {
  await add("ana", "ana@example.com");
  const whole = { username: { S: "x" }, email: { S: "" }, attempt: { S: "x" }, reservedAt: { N: "1" } };
  const Item = { pk: { S: "USERNAME#ana" }, ...whole, ...damage };
  await client.send(new PutItemCommand({ TableName: TABLE, Item }));
  const report = await run(true);
  expect([...report.skipped]).toEqual([["USERNAME#ana", "damaged"]]);
  expect(report).toMatchObject({ made: 1, takenOver: 0 });
  const verified = await check();
  expect(verified).toMatchObject({ damaged: ["USERNAME#ana"], reserved: 1, missing: 0, foreign: 0 });
  expect(isComplete(verified)).toBe(false);
  expect(await prune({ pool: pool(), table, apply: true, onPage: () => {} })).toMatchObject({
    damaged: ["USERNAME#ana"],
    removed: 0,
  });
  expect((await client.send(new GetItemCommand({ TableName: TABLE, Key: { pk: Item.pk } }))).Item).toEqual(Item);
});

it("a reservation that changes at every attempt is skipped and named", async () => {
  await add("ana", "ana@example.com");
  const busy = new ReservationsTable(client, TABLE);
  let attempts = 0;
  busy.put = async () => attempts++ < 0;
  const report = await backfill({ pool: pool(), table: busy, unconfirmedHold: DAY, apply: true, onPage: () => {} });
  expect(attempts).toBe(20);
  expect([...report.skipped.values()]).toEqual(["contended", "contended"]);
});

it("throttled calls are made again", async () => {
  const throttled = new Set<string>();
  const slow = new DynamoDBClient({ region, credentials, endpoint: dynamoDbEndpoint, maxAttempts: 1 });
  slow.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        if (throttled.has(String(commandName))) return next(args);
        throttled.add(String(commandName));
        throw Object.assign(new Error("Slow down"), { name: "ThrottlingException" });
      },
    { step: "initialize" },
  );
  const there = new ReservationsTable(slow, TABLE);
  const reservation = { key: "USERNAME#ana", username: "ana", email: "", attempt: "x", reservedAt: 0 };
  expect(await there.put(reservation)).toBe(true);
  expect(await there.get("USERNAME#ana")).toEqual(reservation);
  expect([...(await there.getAll(["USERNAME#ana"])).values()]).toEqual([reservation]);
  for await (const one of there.all()) expect(one).toEqual(reservation);
  expect(await there.remove(reservation)).toBe(true);
  expect(throttled.size).toBe(5);
  slow.destroy();
});

describe("prune", () => {
  const later = () => Date.now() + 2 * DAY;
  const pruneAll = (apply: boolean, now: () => number = later) =>
    prune({ pool: pool(), table, apply, onPage: () => {}, now });

  it("removes reservations without an account in any spelling, and nothing in a dry run", async () => {
    await add("Ana", "Ana@Example.com");
    await run(true);
    await items.write("EMAIL#ana@example.com", "ana", "ANA@example.com", "signed up so", 0);
    await items.write("USERNAME#gone", "gone", "gone@example.com", "deleted", 0);
    await items.write("EMAIL#gone@example.com", "gone", "gone@example.com", "deleted", 0);
    await items.write("EMAIL#old@example.com", "Ana", "old@example.com", "changed", 0);

    expect(await pruneAll(false)).toMatchObject({ accounts: 1, reservations: 5, removed: 3, young: 0, taken: 0 });
    expect(Object.keys(await items.items())).toHaveLength(5);
    expect(await pruneAll(true)).toMatchObject({ removed: 3 });
    expect(Object.keys(await items.items()).sort()).toEqual(["EMAIL#ana@example.com", "USERNAME#ana"]);
    expect(await pruneAll(true)).toMatchObject({ reservations: 2, removed: 0 });
  });

  it("removes a deleted account's reservations", async () => {
    await add("ana", "ana@example.com");
    await run(true);
    await call("AdminDeleteUser", { UserPoolId: poolId, Username: "ana" });
    expect(await pruneAll(true)).toMatchObject({ accounts: 0, removed: 2 });
    expect(await items.items()).toEqual({});
  });

  it("keeps a reservation younger than a day", async () => {
    await items.write("USERNAME#ana", "ana", "ana@example.com", "in progress", Date.now());
    expect(await pruneAll(true, Date.now)).toMatchObject({ young: 1, removed: 0 });
  });

  it("keeps the reservation of an account that was made after the pool was read", async () => {
    await items.write("USERNAME#ana", "ana", "ana@example.com", "signed up", 0);
    const late = pool();
    late.pages = async function* () {
      yield { users: [], next: undefined };
      await add("ana", "ana@example.com");
    };
    expect(await prune({ pool: late, table, apply: true, onPage: () => {}, now: later })).toMatchObject({ removed: 0 });
    expect(Object.keys(await items.items())).toEqual(["USERNAME#ana"]);
  });

  it("keeps a reservation that a sign-up takes meanwhile", async () => {
    await items.write("USERNAME#ana", "ana", "ana@example.com", "failed", 0);
    const busy = pool();
    busy.find = async () => {
      await items.write("USERNAME#ana", "ana", "new@example.com", "new", Date.now());
      return [];
    };
    expect(await prune({ pool: busy, table, apply: true, onPage: () => {}, now: later })).toMatchObject({
      removed: 0,
      taken: 1,
    });
    expect((await items.items())["USERNAME#ana"]?.attempt).toBe("new");
  });

  it("keeps the reservation of an unconfirmed account past its hold", async () => {
    await call("AdminCreateUser", { UserPoolId: poolId, Username: "ana", MessageAction: "SUPPRESS" });
    await items.write("USERNAME#ana", "ana", "", "x", 0);
    expect(await pruneAll(true)).toMatchObject({ removed: 0 });
  });

  it("keeps items that are not reservations, and names them", async () => {
    await items.write("USERNAME#odd", "odd", "", "", 0);
    expect(await pruneAll(true)).toMatchObject({ damaged: ["USERNAME#odd"], removed: 0 });
  });

  it("requires the nonce to remove a reservation with a nonce", async () => {
    const reservation = { key: "USERNAME#ana", username: "ana", email: "", attempt: "x", reservedAt: 0, nonce: "n" };
    expect(await table.put(reservation)).toBe(true);
    expect(await table.remove({ ...reservation, nonce: undefined })).toBe(false);
    expect(await table.remove({ ...reservation, nonce: "m" })).toBe(false);
    expect(await table.get("USERNAME#ana")).toEqual(reservation);
    expect(await table.remove(reservation)).toBe(true);
  });
});
