import type { AttributeValue, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { type Item, textOf } from "../../../migration/ids/item";
import { forecast } from "../../../migration/ids/survey";
import { dynamoDbAt, idsOf, localDynamoDb, TestTable } from "../../support/id-tables";
import { ANA, ANA_NEW, BEN, BEN_NEW, CAT } from "../../support/ids";
import { Rewriting } from "../../support/rewriting";

let dynamoDb: Awaited<ReturnType<typeof localDynamoDb>>;
let table: TestTable;
let rewriting: Rewriting;
const opened: Array<{ remove(): Promise<void> }> = [];

beforeAll(async () => {
  dynamoDb = await localDynamoDb();
});
afterAll(() => dynamoDb.close());
beforeEach(async () => {
  table = await TestTable.create(dynamoDb.client);
  begin({ [ANA]: ANA_NEW, [BEN]: BEN_NEW });
});
afterEach(() => Promise.all(opened.splice(0).map((one) => one.remove())));

function begin(pairs: Record<string, string>): Rewriting {
  rewriting = new Rewriting(table, idsOf(pairs));
  opened.push(rewriting);
  return rewriting;
}

const item = (pk: string, sk: string, rest: Item = {}): Item => ({ pk: { S: pk }, sk: { S: sk }, ...rest });
const texts = (...items: Item[]) => items.map(textOf).sort();

it.each<[string, Item, Item]>([
  ["partition key", item(ANA, "1"), item(ANA_NEW, "1")],
  ["part of a partition key", item(`USER#${ANA}#X`, "1"), item(`USER#${ANA_NEW}#X`, "1")],
  ["sort key", item("x", ANA), item("x", ANA_NEW)],
  ["part of both", item(`U#${ANA}`, `F#${BEN}`), item(`U#${ANA_NEW}`, `F#${BEN_NEW}`)],
  ["attribute", item("x", "1", { by: { S: ANA } }), item("x", "1", { by: { S: ANA_NEW } })],
  ["list member", item("x", "1", { l: { L: [{ S: ANA }] } }), item("x", "1", { l: { L: [{ S: ANA_NEW }] } })],
  ["map member", item("x", "1", { m: { M: { u: { S: ANA } } } }), item("x", "1", { m: { M: { u: { S: ANA_NEW } } } })],
  [
    "map key",
    item("x", "1", { m: { M: { [ANA]: { N: "1" } } } }),
    item("x", "1", { m: { M: { [ANA_NEW]: { N: "1" } } } }),
  ],
  ["set member", item("x", "1", { s: { SS: ["a", ANA] } }), item("x", "1", { s: { SS: ["a", ANA_NEW] } })],
  ["attribute name", item("x", "1", { [ANA]: { S: BEN } }), item("x", "1", { [ANA_NEW]: { S: BEN_NEW } })],
])("an id is rewritten as %s, and restored", async (_, old, expected) => {
  const rest = { n: { N: "0.1234567890123456789012345678901234567" }, b: { B: new Uint8Array([0, 255]) } };
  const other = item("other", "item", { by: { S: CAT } });
  await table.put({ ...old, ...rest }, other);

  expect(await rewriting.run()).toMatchObject({ before: { items: 2, found: 1 }, after: { items: 2, found: 0 } });
  expect(await table.content()).toEqual(texts({ ...expected, ...rest }, other));

  expect(await rewriting.backOut()).toEqual({ restored: 1, skipped: [] });
  expect(await table.content()).toEqual(texts({ ...old, ...rest }, other));
});

it("a table without a sort key is rewritten too", async () => {
  table = await TestTable.create(dynamoDb.client, "simple");
  await table.put({ pk: { S: `USER#${ANA}` }, by: { S: BEN } });
  expect(await begin({ [ANA]: ANA_NEW, [BEN]: BEN_NEW }).run()).toMatchObject({ moved: 1, updated: 0 });
  expect(await table.content()).toEqual(texts({ pk: { S: `USER#${ANA_NEW}` }, by: { S: BEN_NEW } }));
});

it("a second run changes nothing, with the same store and with another", async () => {
  await table.put(...Array.from({ length: 40 }, (_, n) => item(`${n}#${ANA}`, "1", { by: { S: n % 2 ? BEN : CAT } })));
  expect(await rewriting.run()).toMatchObject({ moved: 40, updated: 0 });
  const content = await table.content();
  const nothing = { moved: 0, updated: 0, before: { items: 40, found: 0 }, after: { items: 40, found: 0 } };
  expect(await rewriting.run({ segments: 3 })).toMatchObject(nothing);
  expect(await begin({ [ANA]: ANA_NEW, [BEN]: BEN_NEW }).run()).toMatchObject(nothing);
  expect(await table.content()).toEqual(content);
});

describe("two old ids with the same new id", () => {
  beforeEach(() => begin({ [ANA]: ANA_NEW, [BEN]: ANA_NEW }));

  it("are rewritten if their items do not collide", async () => {
    await table.put(item(ANA, "1"), item(BEN, "2", { friends: { SS: [ANA, BEN] } }));
    expect(await rewriting.run()).toMatchObject({ moved: 2, after: { found: 0 } });
    expect(await table.content()).toEqual(
      texts(item(ANA_NEW, "1"), item(ANA_NEW, "2", { friends: { SS: [ANA_NEW] } })),
    );
    expect(await rewriting.backOut()).toMatchObject({ restored: 2, skipped: [] });
    expect(await table.content()).toEqual(texts(item(ANA, "1"), item(BEN, "2", { friends: { SS: [ANA, BEN] } })));
  });

  it("leave both items unchanged that would get the same key", async () => {
    const [ana, ben] = [item(ANA, "profile", { n: { S: "a" } }), item(BEN, "profile", { n: { S: "b" } })];
    await table.put(ana, ben, item(ANA, "1"));
    const { skipped, moved } = await rewriting.run();
    expect(moved).toBe(1);
    expect([...skipped.values()].map(({ key, reason, detail }) => [key, reason, detail]).sort()).toEqual(
      [
        [textOf(item(ANA, "profile")), "collision", textOf(item(BEN, "profile"))],
        [textOf(item(BEN, "profile")), "collision", textOf(item(ANA, "profile"))],
      ].sort(),
    );
    expect(await table.content()).toEqual(texts(ana, ben, item(ANA_NEW, "1")));
  });

  it("leave an item unchanged if two keys of a map would get the same name", async () => {
    const votes = item("poll", "1", { votes: { M: { [ANA]: { BOOL: true }, [BEN]: { BOOL: false } } } });
    await table.put(votes);
    const { skipped } = await rewriting.run();
    expect([...skipped.values()]).toMatchObject([{ reason: "clash", detail: "votes" }]);
    expect(await table.content()).toEqual(texts(votes));
  });
});

it("an existing item with the new key is never overwritten; after its deletion the old item is rewritten", async () => {
  const there = item(ANA_NEW, "1", { n: { S: "there" } });
  await table.put(item(ANA, "1", { n: { S: "old" } }), there);
  const { skipped, after } = await rewriting.run();
  expect([...skipped.values()]).toMatchObject([{ reason: "collision", detail: textOf(item(ANA_NEW, "1")) }]);
  expect(after).toMatchObject({ items: 2, found: 1 });
  expect(await table.content()).toEqual(texts(item(ANA, "1", { n: { S: "old" } }), there));

  await table.replace(item(ANA, "2"));
  await table.delete(there);
  expect(await rewriting.run()).toMatchObject({ moved: 2, after: { items: 2, found: 0 } });
});

it("a dry run reports the changes and writes nothing", async () => {
  const items = [
    item(ANA, "1"),
    item(BEN, "1", { by: { S: ANA } }),
    item(BEN_NEW, "1"),
    item("x", "1", { by: { S: ANA } }),
  ];
  await table.put(...items);
  const ids = idsOf({ [ANA]: ANA_NEW, [BEN]: BEN_NEW });
  const found = await forecast({ table: await table.toRewrite(), ids, segments: 2, onPage: () => {} });
  expect(found).toMatchObject({
    tally: { items: 4, found: 3 },
    moved: 1,
    updated: 1,
    skipped: [{ reason: "collision" }],
  });
  expect(found.samples).toContainEqual({
    key: textOf(item(ANA, "1")),
    newKey: textOf(item(ANA_NEW, "1")),
    paths: ["pk"],
  });
  expect(await table.content()).toEqual(texts(...items));
});

it("an item with too many attributes for a condition is skipped if its key would change", async () => {
  const many = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, n): [string, AttributeValue] => [`a${n}`, { N: `${n}` }]));
  const wide = item(ANA, "wide", many(149));
  await table.put(wide, item(ANA, "fits", many(148)), item("x", "1", { ...many(300), by: { S: ANA } }));
  const { skipped, moved, updated } = await rewriting.run();
  expect({ moved, updated, skipped: [...skipped.values()] }).toMatchObject({
    moved: 1,
    updated: 1,
    skipped: [{ reason: "too many attributes", key: textOf(item(ANA, "wide")) }],
  });
  expect(await rewriting.backOut()).toMatchObject({ restored: 2, skipped: [] });
});

describe("a concurrent write between read and write", () => {
  /** A client that runs `happens` before each of its first `times` writes. */
  function meanwhile(happens: () => Promise<void>, times = 1): DynamoDBClient {
    const client = dynamoDbAt(dynamoDb.endpoint);
    opened.push({ remove: async () => client.destroy() });
    let remaining = times;
    client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (/^(?:Update|TransactWrite)Item/.test(String(commandName)) && remaining-- > 0) await happens();
          return next(args);
        },
      { step: "initialize" },
    );
    return client;
  }

  it.each<[string, Item, Item]>([
    ["another value", { n: { N: "1" } }, { n: { N: "2" } }],
    ["another value in a map", { m: { M: { n: { N: "1" } } } }, { m: { M: { n: { N: "2" } } } }],
    ["an attribute less", { n: { N: "1" } }, {}],
    ["an attribute more, as other items have it", {}, { state: { S: "paid" } }],
  ])("a moving item is moved with %s", async (_, was, is) => {
    await table.put(item(ANA, "1", was), item("other", "1", { state: { S: "new" } }));
    const client = meanwhile(() => table.replace(item(ANA, "1", is)));
    expect(await rewriting.run({ client })).toMatchObject({ moved: 1, after: { items: 2, found: 0 } });
    expect(await table.content()).toEqual(texts(item(ANA_NEW, "1", is), item("other", "1", { state: { S: "new" } })));
    expect(await rewriting.backOut()).toMatchObject({ restored: 1, skipped: [] });
    expect(await table.content()).toContain(textOf(item(ANA, "1", is)));
  });

  it("an item updated in place keeps concurrent changes of other attributes, and the same attribute is read again", async () => {
    await table.put(item("x", "1", { by: { S: ANA }, n: { N: "1" } }));
    const client = meanwhile(() => table.replace(item("x", "1", { by: { S: `${ANA} and ${BEN}` }, n: { N: "2" } })));
    expect(await rewriting.run({ client })).toMatchObject({ updated: 1, after: { found: 0 } });
    expect(await table.content()).toEqual(
      texts(item("x", "1", { by: { S: `${ANA_NEW} and ${BEN_NEW}` }, n: { N: "2" } })),
    );
  });

  it("a deleted item stays deleted", async () => {
    await table.put(item(ANA, "1"), item(BEN, "1"));
    const client = meanwhile(() => table.delete(item(ANA, "1")));
    expect(await rewriting.run({ client, segments: 1 })).toMatchObject({ after: { items: 1, found: 0 } });
    expect(await table.content()).toEqual(texts(item(BEN_NEW, "1")));
  });

  it("a new item with the new key is not overwritten", async () => {
    const came = item(ANA_NEW, "1", { n: { S: "came" } });
    await table.put(item(ANA, "1"));
    const { skipped } = await rewriting.run({ client: meanwhile(() => table.replace(came)) });
    expect([...skipped.values()]).toMatchObject([{ reason: "collision" }]);
    expect(await table.content()).toEqual(texts(item(ANA, "1"), came));
  });

  it("an item that changes at every attempt is skipped and reported", async () => {
    await table.put(item(ANA, "1", { n: { N: "-1" } }));
    let n = 0;
    const client = meanwhile(() => table.replace(item(ANA, "1", { n: { N: String(n++) } })), 100);
    const { skipped } = await rewriting.run({ client });
    expect([...skipped.values()]).toMatchObject([{ reason: "contended" }]);
    expect(await table.content()).toEqual(texts(item(ANA, "1", { n: { N: "9" } })));
    // None of the ten intents was carried out.
    expect(await rewriting.backOut()).toEqual({ restored: 0, skipped: [] });
  });
});

describe("the back-out", () => {
  it("skips and reports items that were changed or deleted later", async () => {
    await table.put(
      item(ANA, "1"),
      item(ANA, "2"),
      item(ANA, "3"),
      item("x", "1", { by: { S: ANA } }),
      item("y", "1", { by: { S: ANA } }),
    );
    await rewriting.run();
    await table.replace(item(ANA_NEW, "1", { n: { S: "since" } }));
    await table.delete(item(ANA_NEW, "2"));
    await table.replace(item("x", "1", { by: { S: BEN_NEW } }));
    const { restored, skipped } = await rewriting.backOut();
    expect(restored).toBe(2);
    expect(skipped.map(({ key, reason }) => [key, reason]).sort()).toEqual(
      [
        [textOf(item(ANA_NEW, "1")), "changed since"],
        [textOf(item(ANA_NEW, "2")), "deleted since"],
        [textOf(item("x", "1")), "changed since"],
      ].sort(),
    );
    expect(await table.content()).toEqual(
      texts(
        item(ANA_NEW, "1", { n: { S: "since" } }),
        item(ANA, "3"),
        item("x", "1", { by: { S: BEN_NEW } }),
        item("y", "1", { by: { S: ANA } }),
      ),
    );
  });

  it("restores an attribute and keeps later changes of other attributes", async () => {
    await table.put(item("x", "1", { by: { S: ANA } }));
    await rewriting.run();
    await table.replace(item("x", "1", { by: { S: ANA_NEW }, n: { N: "1" } }));
    expect(await rewriting.backOut()).toMatchObject({ restored: 1, skipped: [] });
    expect(await table.content()).toEqual(texts(item("x", "1", { by: { S: ANA }, n: { N: "1" } })));
  });

  it("never overwrites a new item with the old key", async () => {
    await table.put(item(ANA, "1"));
    await rewriting.run();
    await table.replace(item(ANA, "1", { n: { S: "new" } }));
    expect(await rewriting.backOut()).toMatchObject({ restored: 0, skipped: [{ reason: "collision" }] });
    expect(await table.content()).toEqual(texts(item(ANA, "1", { n: { S: "new" } }), item(ANA_NEW, "1")));
  });

  it("restores an item that was rewritten twice in reverse order", async () => {
    await table.put(item("x", "1", { by: { S: ANA } }));
    await rewriting.run();
    await table.replace(item("x", "1", { by: { S: ANA_NEW }, also: { S: BEN } }));
    await rewriting.run();
    expect(await rewriting.backOut()).toMatchObject({ restored: 2, skipped: [] });
    expect(await table.content()).toEqual(texts(item("x", "1", { by: { S: ANA }, also: { S: BEN } })));
  });

  it("restores only the last of two items that got the same key", async () => {
    begin({ [ANA]: ANA_NEW, [BEN]: ANA_NEW });
    await table.put(item(ANA, "1"));
    await rewriting.run();
    await table.delete(item(ANA_NEW, "1"));
    await table.put(item(BEN, "1"));
    await rewriting.run();
    expect(await rewriting.backOut()).toMatchObject({ restored: 1, skipped: [{ reason: "deleted since" }] });
    expect(await table.content()).toEqual(texts(item(BEN, "1")));
  });

  it("detects a later attribute even if the table has more attributes than a condition can hold", async () => {
    const names = Array.from({ length: 160 }, (_, n): [string, AttributeValue] => [`a${n}`, { N: `${n}` }]);
    await table.put(item(ANA, "1"), item("other", "1", Object.fromEntries(names)));
    await rewriting.run();
    await table.replace(item(ANA_NEW, "1", { since: { S: "x" } }));
    expect(await rewriting.backOut()).toMatchObject({ restored: 0, skipped: [{ reason: "changed since" }] });
    expect(await table.content()).toContain(textOf(item(ANA_NEW, "1", { since: { S: "x" } })));
  });

  it("can be repeated, and the store then refuses further rewrites", async () => {
    await table.put(item(ANA, "1"), item("x", "1", { by: { S: ANA } }));
    await rewriting.run();
    expect(await rewriting.backOut(false)).toEqual({ restored: 2, skipped: [] });
    expect(await table.content()).toContain(textOf(item(ANA_NEW, "1")));
    expect(await rewriting.backOut()).toEqual({ restored: 2, skipped: [] });
    expect(await rewriting.backOut()).toEqual({ restored: 0, skipped: [] });
    await expect(rewriting.run()).rejects.toThrow("was backed out: name another store");
  });
});

it("an update whose answer was lost counts as written", async () => {
  await table.put(item("x", "1", { by: { S: ANA } }), item(ANA, "1"));
  const client = dynamoDbAt(dynamoDb.endpoint);
  opened.push({ remove: async () => client.destroy() });
  let lost = 0;
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const answer = await next(args);
        if (/^(?:Update|TransactWrite)Item/.test(String(commandName)) && lost++ < 2) {
          throw Object.assign(new Error("socket hang up"), { name: "TimeoutError" });
        }
        return answer;
      },
    { step: "initialize" },
  );
  expect(await rewriting.run({ client })).toMatchObject({ moved: 1, updated: 1, after: { found: 0 } });
  expect(lost).toBe(2);
  expect(await rewriting.backOut()).toMatchObject({ restored: 2, skipped: [] });
});

it("an item that DynamoDB rejects is skipped, and the others are rewritten", async () => {
  await table.put(item("x", "1", { by: { S: ANA } }), item("y", "1", { by: { S: ANA } }));
  const client = dynamoDbAt(dynamoDb.endpoint);
  opened.push({ remove: async () => client.destroy() });
  client.middlewareStack.add(
    (next) => (args) => {
      const { Key } = args.input as { Key?: Item };
      if (Key?.pk?.S === "x") throw Object.assign(new Error("Too large"), { name: "ValidationException" });
      return next(args);
    },
    { step: "initialize" },
  );
  const { skipped, updated } = await rewriting.run({ client });
  expect({ updated, skipped: [...skipped.values()] }).toMatchObject({
    updated: 1,
    skipped: [{ reason: "refused", detail: "Too large" }],
  });
});
