import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { backOutIds, type RewriteArguments, rewriteIds, verifyTables } from "../../../cli/users/rewrite";
import { textOf } from "../../../migration/ids/item";
import { type Row, Store } from "../../../migration/store/store";
import { formerJournal } from "../../support/former-journal";
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

it("a dry run reports the changes with examples, and makes no store", async () => {
  const before = await table.content();
  expect(await rewriteIds(args({ apply: false }), print)).toBe(true);
  expect(printed).toContain(`${table.name}: 3 items, 2 with old ids (partition key 1, attribute 1).`);
  expect(printed).toContain("1 would get another key, 1 would be changed in place, 0 would be skipped.");
  expect(printed).toContain("1 old ids inside longer hexadecimal strings, or without hyphens, are not rewritten.");
  expect(printed).toContain(`e.g. pk=USER#${ANA} sk=PROFILE → pk=USER#${ANA_NEW} sk=PROFILE (in pk)`);
  expect(printed).toContain("Nothing was written: this was a dry run.");
  expect(await table.content()).toEqual(before);
  await expect(stat(path.join(folder, "move.db"))).rejects.toThrow("ENOENT");
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

it("a complete rewrite goes on with a mapping that has grown", async () => {
  const before = await table.content();
  await write(`old_id,new_id\n${ANA},${ANA_NEW}\n`);
  expect(await rewriteIds(args(), print)).toBe(true);
  await write(`old_id,new_id\n${ANA},${ANA_NEW}\n${BEN},${BEN_NEW}\n`);
  expect(await rewriteIds(args(), print)).toBe(true);
  expect(await verifyTables(args(), print)).toBe(true);
  expect(await backOutIds(args(), print)).toBe(true);
  expect(await table.content()).toEqual(before);
});

it("an attribute that keeps its usernames is left, and a later rewrite has to name it", async () => {
  const username = { pk: { S: "ORDER#3" }, sk: { S: "1" }, username: { S: ANA }, owner: { S: `${ANA}::${ANA}` } };
  await table.put(username);
  const keepAttribute = ["username", "owner"];
  expect(await rewriteIds(args({ keepAttribute }), print)).toBe(true);
  expect(await table.content()).toContain(textOf({ ...username, owner: { S: `${ANA_NEW}::${ANA}` } }));
  expect(await verifyTables(args({ keepAttribute }), print)).toBe(true);
  expect(await verifyTables(args(), print)).toBe(false);
  await expect(rewriteIds(args(), print)).rejects.toThrow(
    "has a rewrite that keeps the attributes owner, username, not none: use the same --keep-attribute",
  );
});

it("skipped items are named", async () => {
  await table.put({ pk: { S: `USER#${ANA_NEW}` }, sk: { S: "PROFILE" } });
  expect(await rewriteIds(args(), print)).toBe(false);
  expect(printed).toContain(
    `1 items skipped:\n  ${table.name}, pk=USER#${ANA} sk=PROFILE: another item has, or would get, its new key: pk=USER#${ANA_NEW} sk=PROFILE`,
  );
});

describe("the journal of an earlier version", () => {
  const journal = () => path.join(folder, "rewrite-ids.jsonl");

  /** Writes what was done as a journal of the earlier version instead of a store: all of it, or without the results of the changes. */
  async function inFormerFormat(complete: boolean): Promise<void> {
    const file = path.join(folder, "move.db");
    const store = Store.open(file);
    const { tables = "", mapping } = Object.fromEntries(
      store
        .all<{ name: string; value: string }>("SELECT * FROM setting")
        .map(({ name, value }) => [name.slice(8), value]),
    );
    const pages = store.all<Row & { stage: string; tally: string }>(
      "SELECT stage, \"table\", segment, next, tally FROM part ORDER BY stage = 'rewrite'",
    );
    const items = store.all('SELECT number AS n, "table", segment, kind, kept, "from", "to" FROM item');
    store.close();
    const written = (segment: unknown) => items.filter((item) => item.segment === segment).map(({ n }) => n);
    const entries = [
      { type: "round", segments: 2 },
      ...items.map((item) => ({ type: "intent", ...item })),
      ...pages
        .filter(({ stage }) => complete || stage === "before")
        .map(({ tally, ...page }) => ({
          ...{ type: "page", ...page, tally: JSON.parse(tally) },
          ...(page.stage === "rewrite" ? { written: written(page.segment), left: [] } : { names: ["pk", "sk"] }),
        })),
    ];
    const of = { kind: "rewrite-ids", parameters: { tables: JSON.parse(tables), mapping: String(mapping) } };
    await rm(file);
    await writeFile(journal(), formerJournal(of, entries));
  }

  it.each([
    ["complete", true],
    ["of a stopped run", false],
  ])("is taken over once: %s", async (_, complete) => {
    const before = await table.content();
    await rewriteIds(args(), print);
    const content = await table.content();
    await inFormerFormat(complete);

    printed = "";
    expect(await verifyTables(args(), print)).toBe(true);
    expect(printed).toContain(`${table.name}: 3 items (3 before), 0 with old ids.`);
    await expect(stat(journal())).rejects.toThrow("ENOENT");
    expect(await rewriteIds(args(), print)).toBe(true);
    // In the round that the earlier version began; otherwise in a new one.
    expect(printed).toContain(`${complete ? "0 got another key, 0" : "1 got another key, 1"} were changed in place`);
    expect(await table.content()).toEqual(content);
    expect(await backOutIds(args(), print)).toBe(true);
    expect(printed).toContain("2 changes were undone.");
    expect(await table.content()).toEqual(before);
  });

  it("is taken over after a kill between that and its renaming, and is refused beside another rewrite", async () => {
    await rewriteIds(args(), print);
    await inFormerFormat(true);
    const text = await readFile(journal());
    await verifyTables(args(), print);
    await writeFile(journal(), text);
    expect(await verifyTables(args(), print)).toBe(true);

    await rm(path.join(folder, "move.db"));
    await rewriteIds(args(), print);
    await writeFile(journal(), text);
    await expect(rewriteIds(args(), print)).rejects.toThrow("have a rewrite each: move one of them to another folder.");
  });

  it("is refused if it was edited, and nothing is taken over", async () => {
    await rewriteIds(args(), print);
    await inFormerFormat(true);
    await writeFile(journal(), (await readFile(journal(), "utf8")).replace(/.*"after".*\n/, ""));
    await expect(backOutIds(args(), print)).rejects.toThrow(/rewrite-ids.jsonl, line \d+: this line was changed/);
    const store = Store.open(path.join(folder, "move.db"));
    for (const name of ["setting", "round", "item", "part"]) expect(store.all(`SELECT * FROM ${name}`)).toEqual([]);
    store.close();
  });
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

  it("for a store of an unfinished rewrite with another mapping", async () => {
    await rewriteIds(args(), print);
    printed = "";
    const store = Store.open(path.join(folder, "move.db"));
    store.change("DELETE FROM part WHERE stage = 'after'");
    store.close();
    await write(`old_id,new_id\n${ANA},${ANA_NEW}\n`);
    expect(await refusal()).toMatch(
      /^…\/move.db has an unfinished rewrite with another mapping .*: finish it with that mapping, or name another file with --store\.$/,
    );
  });

  it("for another part of the segments, and for more parts than segments", async () => {
    await rewriteIds(args(), print);
    printed = "";
    const part = { index: 1, of: 2 };
    expect(await refusal({ part })).toMatch(/^…\/move.db has a rewrite of part 1\/1, not 2\/2: use the same --part, /);
    expect(await refusal({ part, segments: 1 })).toBe("--part: there are 1 segments, so at most as many parts.");
  });

  it("for a store that another command uses", async () => {
    const store = Store.open(path.join(folder, "move.db"));
    expect(await refusal()).toBe("…/move.db: another command is using this file: wait for it to end.");
    store.close();
  });

  it("for a file that is no store", async () => {
    await writeFile(path.join(folder, "move.db"), "sub,email\n".repeat(100));
    expect(await refusal()).toBe("…/move.db: the file is not a store of this project.");
  });

  it("for a back-out without a rewrite", async () => {
    expect(await refusal({}, backOutIds)).toBe("There is no rewrite in …/move.db: nothing to back out.");
    Store.open(path.join(folder, "move.db")).close();
    expect(await refusal({}, backOutIds)).toBe("There is no rewrite in …/move.db: nothing to back out.");
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
