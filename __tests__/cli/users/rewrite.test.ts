import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { backOutIds, type RewriteArguments, rewriteIds, verifyTables } from "../../../cli/users/rewrite";
import { localDynamoDb, TestTable } from "../../support/id-tables";
import { ANA, ANA_NEW, BEN, BEN_NEW } from "../../support/ids";
import { StubAws } from "../../support/stub-aws";

let dynamoDb: Awaited<ReturnType<typeof localDynamoDb>>;
let folder: string;
let table: TestTable;
let printed: string;
const environment = { ...process.env };
const print = (text: string) => {
  printed += `${text}\n`;
};

beforeAll(async () => {
  dynamoDb = await localDynamoDb();
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" });
});
afterAll(async () => {
  process.env = environment;
  await dynamoDb.close();
});
beforeEach(async () => {
  process.env.AWS_ENDPOINT_URL = dynamoDb.endpoint;
  printed = "";
  folder = await mkdtemp(path.join(tmpdir(), "rewrite-"));
  await write(`old_id,new_id\n${ANA},${ANA_NEW}\n${BEN},${BEN_NEW}\n`);
  table = await TestTable.create(dynamoDb.client);
  await table.put(
    { pk: { S: `USER#${ANA}` }, sk: { S: "PROFILE" } },
    { pk: { S: "ORDER#1" }, sk: { S: "1" }, by: { S: BEN }, hash: { S: `${ANA}0` } },
    { pk: { S: "ORDER#2" }, sk: { S: "1" } },
  );
});
afterEach(() => rm(folder, { recursive: true }));

const write = (mapping: string) => writeFile(path.join(folder, "mapping.csv"), mapping);

const args = (more: Partial<RewriteArguments> = {}): RewriteArguments => ({
  tables: [table.name],
  mapping: path.join(folder, "mapping.csv"),
  region: "eu-west-1",
  segments: 2,
  rate: 40_000,
  apply: true,
  ...more,
});

it("a dry run reports the changes with examples, and writes no journal", async () => {
  const before = await table.content();
  expect(await rewriteIds(args({ apply: false }), print)).toBe(true);
  expect(printed).toContain(`${table.name}: 3 items, 2 with old ids (partition key 1, attribute 1).`);
  expect(printed).toContain("1 would get another key, 1 would be changed in place, 0 would be skipped.");
  expect(printed).toContain("1 old ids inside longer hexadecimal strings, or without hyphens, are not rewritten.");
  expect(printed).toContain(`e.g. pk=USER#${ANA} sk=PROFILE → pk=USER#${ANA_NEW} sk=PROFILE (in pk)`);
  expect(printed).toContain("Nothing was written: this was a dry run.");
  expect(await table.content()).toEqual(before);
  await expect(stat(path.join(folder, "rewrite-ids.jsonl"))).rejects.toThrow("ENOENT");
});

it("a table is rewritten, verified and backed out", async () => {
  const before = await table.content();
  expect(await verifyTables(args(), print)).toBe(false);
  expect(await rewriteIds(args(), print)).toBe(true);
  expect(printed).toContain("1 got another key, 1 were changed in place, 0 were skipped.");
  printed = "";
  expect(await verifyTables(args(), print)).toBe(true);
  expect(printed).toContain(`${table.name}: 3 items (3 before), 0 with old ids.`);

  await table.delete({ pk: { S: "ORDER#2" }, sk: { S: "1" } });
  expect(await verifyTables(args(), print)).toBe(false);
  expect(printed).toContain("1 items fewer than before");
  await table.replace({ pk: { S: "ORDER#2" }, sk: { S: "1" } });

  expect(await backOutIds(args({ apply: false }), print)).toBe(true);
  expect(await backOutIds(args(), print)).toBe(true);
  expect(printed).toContain("2 changes were undone.");
  expect(await table.content()).toEqual(before);
});

it("skipped items are named", async () => {
  await table.put({ pk: { S: `USER#${ANA_NEW}` }, sk: { S: "PROFILE" } });
  expect(await rewriteIds(args(), print)).toBe(false);
  expect(printed).toContain(
    `1 items skipped:\n  ${table.name}, pk=USER#${ANA} sk=PROFILE: another item has, or would get, its new key: pk=USER#${ANA_NEW} sk=PROFILE`,
  );
});

describe("rewrite-ids fails with one sentence and changes nothing", () => {
  async function refusal(more: Partial<RewriteArguments> = {}, run = rewriteIds): Promise<string> {
    const before = await table.content();
    const error = await run(args(more), print).catch((error: unknown) => error);
    expect(await table.content()).toEqual(before);
    expect(printed).toBe("");
    expect(error).toMatchObject({ name: "Failure" });
    return (error as Error).message.replaceAll(folder, "…");
  }

  it("for a missing table", async () => {
    expect(await refusal({ tables: [table.name, "nowhere"] })).toBe('There is no table "nowhere" in eu-west-1.');
  });

  it.each([
    ["is empty", "old_id,new_id\n", "…/mapping.csv: it contains no ids."],
    ["has no ids of Cognito's", "old_id,new_id\nana,ben\n", '…/mapping.csv: "ana" is not a Cognito user id (a UUID).'],
    [
      "has other columns",
      `old,new\n${ANA},${ANA_NEW}\n`,
      "…/mapping.csv: its first line must name the columns old_id and new_id.",
    ],
    ["swaps ids", `old_id,new_id\n${ANA},${BEN}\n${BEN},${ANA}\n`, "…/mapping.csv:"],
  ])("for a mapping that %s", async (_, mapping, sentence) => {
    await write(mapping);
    expect(await refusal()).toContain(sentence);
  });

  it("for a journal of another mapping", async () => {
    await rewriteIds(args(), print);
    printed = "";
    await write(`old_id,new_id\n${ANA},${ANA_NEW}\n`);
    expect(await refusal()).toMatch(
      /^…\/rewrite-ids.jsonl is the journal of a rewrite-ids with mapping ".*: use the parameters of the first run, or name another file\.$/,
    );
  });

  it("for an edited journal", async () => {
    await rewriteIds(args(), print);
    printed = "";
    const journal = path.join(folder, "rewrite-ids.jsonl");
    await writeFile(journal, (await readFile(journal, "utf8")).replace('"segment":0', '"segment":1'));
    expect(await refusal()).toMatch(/rewrite-ids.jsonl, line \d+: this line was changed/);
  });

  it("for a back-out without a journal", async () => {
    expect(await refusal({}, backOutIds)).toBe("There is no journal …/rewrite-ids.jsonl: nothing to back out.");
  });

  it("for a missing Region", async () => {
    const { AWS_REGION: _, AWS_DEFAULT_REGION: __, ...others } = process.env;
    process.env = { ...others, AWS_CONFIG_FILE: "/dev/null", AWS_SHARED_CREDENTIALS_FILE: "/dev/null" };
    expect(await refusal({ region: undefined })).toBe(
      "The Region of the tables is missing: set --region, AWS_REGION, or the profile's region.",
    );
  });

  it.each(["DescribeTable", "UpdateItem", "TransactWriteItems"])("for a missing permission: %s", async (operation) => {
    const stub = await StubAws.start(({ target }) => {
      if (target.endsWith(`.${operation}`))
        return { error: "AccessDeniedException", message: `not authorized to perform dynamodb:${operation}` };
      if (target.endsWith(".DescribeTable")) {
        return { Table: { TableStatus: "ACTIVE", KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }] } };
      }
      return target.endsWith("UpdateItem") ? { error: "ConditionalCheckFailedException" } : { Items: [] };
    });
    process.env.AWS_ENDPOINT_URL = stub.endpoint;
    expect(await refusal()).toBe(`AWS does not allow this: not authorized to perform dynamodb:${operation}`);
    expect(stub.requests.some(({ target }) => target.endsWith(".Scan"))).toBe(false);
    await stub.stop();
  });
});

it("notes name streams, replicas, expiring items and low capacity", async () => {
  const noted: string[] = [];
  const write = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    noted.push(String(text));
    return true;
  });
  const stub = await StubAws.start(({ target }) => {
    if (target.endsWith(".DescribeTimeToLive"))
      return { TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "until" } };
    if (!target.endsWith(".DescribeTable")) return { Items: [] };
    return {
      Table: {
        TableName: "orders",
        TableStatus: "ACTIVE",
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        StreamSpecification: { StreamEnabled: true },
        Replicas: [{ RegionName: "eu-central-1" }],
        ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
      },
    };
  });
  process.env.AWS_ENDPOINT_URL = stub.endpoint;
  expect(await rewriteIds(args({ tables: ["orders"], apply: false }), print)).toBe(true);
  write.mockRestore();
  await stub.stop();
  const notes = noted.join("");
  for (const what of [
    "has a stream",
    "is a global table",
    "lets items expire (by until)",
    "has a provisioned capacity of 5",
  ]) {
    expect(notes).toContain(`Note: orders ${what}`);
  }
});
