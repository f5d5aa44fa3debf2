import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { update } from "../../../migration/ids/expressions";
import { Ids } from "../../../migration/ids/ids";
import { after, before, type Item, inverse, isSame, itemOf, textOf } from "../../../migration/ids/item";
import { moves, readItem } from "../../../migration/ids/reading";
import { idsOf } from "../../support/id-tables";
import { ANA, ANA_NEW, BEN, BEN_NEW } from "../../support/ids";

const KEYS = ["pk", "sk"];
const read = (item: Record<string, AttributeValue>, ids = idsOf({ [ANA]: ANA_NEW, [BEN]: BEN_NEW })) =>
  readItem(item, KEYS, ids);

/** What an attribute `a` becomes. */
function becomes(value: AttributeValue): AttributeValue | undefined {
  const { change } = read({ pk: { S: "x" }, a: value });
  return change && after(change).a;
}

it.each<[string, AttributeValue, AttributeValue]>([
  ["a string", { S: `by ${ANA}` }, { S: `by ${ANA_NEW}` }],
  ["a list", { L: [{ N: "1" }, { S: ANA }] }, { L: [{ N: "1" }, { S: ANA_NEW }] }],
  ["a list in a list", { L: [{ L: [{ S: ANA }] }] }, { L: [{ L: [{ S: ANA_NEW }] }] }],
  ["a map", { M: { by: { S: ANA }, n: { N: "1" } } }, { M: { by: { S: ANA_NEW }, n: { N: "1" } } }],
  ["a map's keys", { M: { [ANA]: { BOOL: true } } }, { M: { [ANA_NEW]: { BOOL: true } } }],
  [
    "a map in a list in a map",
    { M: { l: { L: [{ M: { [ANA]: { S: BEN } } }] } } },
    { M: { l: { L: [{ M: { [ANA_NEW]: { S: BEN_NEW } } }] } } },
  ],
  ["a set", { SS: [ANA, "x", BEN] }, { SS: [ANA_NEW, "x", BEN_NEW] }],
])("ids are found in %s", (_, value, expected) => {
  expect(becomes(value)).toEqual(expected);
});

it.each<[string, AttributeValue]>([
  ["numbers, however long", { N: "12345678901234567890123456789012345678" }],
  ["binary values", { B: Buffer.from(ANA) }],
  ["sets of binary values", { BS: [Buffer.from(ANA)] }],
  ["sets of numbers", { NS: ["1", "2"] }],
  ["nothing", { NULL: true }],
  ["empty texts, lists and maps", { L: [{ S: "" }, { L: [] }, { M: {} }] }],
])("%s are not changed", (_, value) => {
  expect(becomes(value)).toBeUndefined();
});

it("two ids with the same new id are one member of a set, and two of a list", () => {
  const ids = idsOf({ [ANA]: ANA_NEW, [BEN]: ANA_NEW });
  const { change } = read({ pk: { S: "x" }, set: { SS: [ANA, BEN] }, list: { L: [{ S: ANA }, { S: BEN }] } }, ids);
  expect(change?.to).toEqual({ set: { SS: [ANA_NEW] }, list: { L: [{ S: ANA_NEW }, { S: ANA_NEW }] } });
});

it("names that would become the same are reported as a clash", () => {
  const ids = idsOf({ [ANA]: ANA_NEW, [BEN]: ANA_NEW });
  const yes = { BOOL: true } as const;
  expect(read({ pk: { S: "x" }, votes: { M: { [ANA]: yes, [BEN]: yes } } }, ids).clash).toBe("votes");
  expect(read({ pk: { S: "x" }, votes: { M: { [ANA_NEW]: yes, [ANA]: yes } } }, ids).clash).toBe("votes");
  expect(read({ pk: { S: "x" }, [ANA]: yes, [BEN]: yes }, ids).clash).toBe(ANA_NEW);
  expect(read({ pk: { S: "x" }, [ANA]: yes, [ANA_NEW]: yes }, ids).clash).toBe(ANA_NEW);
  expect(read({ pk: { S: "x" }, votes: { M: { [ANA]: yes } }, [BEN]: yes }, ids).clash).toBeUndefined();
});

it("ids are counted by place, with their paths", () => {
  const item = {
    pk: { S: `USER#${ANA}` },
    sk: { S: `${BEN}#${ANA}` },
    by: { S: ANA },
    [ANA]: { BOOL: true },
    deep: { M: { [BEN]: { L: [{ S: ANA }] }, other: { S: BEN } } },
    all: { SS: [ANA, BEN] },
    hash: { S: `f${ANA}` },
  };
  const { places, paths, nearMisses } = read(item);
  expect(places).toEqual({
    "partition key": 1,
    "sort key": 2,
    attribute: 1,
    "attribute name": 1,
    "map key": 1,
    "map member": 1,
    "list member": 1,
    "set member": 2,
  });
  expect(paths.slice(0, 3)).toEqual(["pk", "sk", "by"]);
  expect(nearMisses).toBe(1);
});

it("a change has the whole item if its key changes, and otherwise only the key and the changed attributes", () => {
  const rest = { n: { N: "1.50" }, m: { M: { x: { S: "y" } } } };
  const moved = read({ pk: { S: ANA }, sk: { S: "1" }, ...rest }).change;
  expect(moved).toEqual({ kept: { sk: { S: "1" }, ...rest }, from: { pk: { S: ANA } }, to: { pk: { S: ANA_NEW } } });
  const updated = read({ pk: { S: "1" }, sk: { S: "1" }, ...rest, by: { S: ANA } }).change;
  expect(updated).toEqual({
    kept: { pk: { S: "1" }, sk: { S: "1" } },
    from: { by: { S: ANA } },
    to: { by: { S: ANA_NEW } },
  });
});

it("the inverse of a change restores the item", () => {
  const item = { pk: { S: ANA }, [ANA]: { S: BEN }, n: { N: "1" } };
  const { change } = read(item);
  if (!change) throw new Error("no change");
  expect(before(change)).toEqual(item);
  expect(after(inverse(change))).toEqual(item);
  expect(before(inverse(change))).toEqual({ pk: { S: ANA_NEW }, [ANA_NEW]: { S: BEN_NEW }, n: { N: "1" } });
});

describe("an item's text", () => {
  const item = {
    b: { B: new Uint8Array([0, 255, 16]) },
    bs: { BS: [new Uint8Array([1])] },
    m: { M: { l: { L: [{ N: "1e10" }, { NULL: true }, { B: new Uint8Array([7]) }] } } },
    s: { S: 'é"\n\u2028' },
  } satisfies Record<string, AttributeValue>;

  it("is parsed to the same item", () => {
    expect(itemOf(textOf(item))).toEqual(item);
  });

  it("is independent of the order of attributes and of set members", () => {
    expect(isSame({ a: { SS: ["x", "y"] }, b: { N: "1" } }, { b: { N: "1" }, a: { SS: ["y", "x"] } })).toBe(true);
    expect(isSame({ a: { L: [{ S: "x" }, { S: "y" }] } }, { a: { L: [{ S: "y" }, { S: "x" }] } })).toBe(false);
    expect(isSame({ a: { N: "1" } }, { a: { S: "1" } })).toBe(false);
  });
});

it("an attribute whose value the SDK does not return makes the item unreadable", () => {
  const item = Object.fromEntries([
    ["pk", { S: ANA }],
    ["__proto__", undefined],
  ]) as unknown as Item;
  expect(readItem(item, ["pk"], idsOf({ [ANA]: ANA_NEW }))).toMatchObject({ unreadable: "__proto__" });
});

it("attributes and keys may be called like members of every object", () => {
  const names = ["__proto__", "constructor", "toString"];
  for (const name of names) {
    const item: Item = JSON.parse(
      `{ "pk": { "S": "x" }, "${name}": { "S": "${ANA}" }, "m": { "M": { "${name}": { "S": "${ANA}" } } } }`,
    );
    const expected = itemOf(textOf(item).replaceAll(ANA, ANA_NEW));
    const ids = idsOf({ [ANA]: ANA_NEW });
    const { change } = readItem(item, ["pk"], ids);
    if (!change) throw new Error("no change");
    expect(Object.keys(change.kept)).toEqual(["pk"]);
    expect(textOf(after(change))).toBe(textOf({ pk: { S: "x" }, ...change.to }));
    expect(textOf({ ...item, ...change.to })).toBe(textOf(expected));
    expect(Object.values(update(change).ExpressionAttributeNames)).toContain(name);
    // As a key: of another item that lacks it, nothing moves.
    expect(moves(change, [name])).toBe(true);
    expect(moves({ kept: {}, from: { by: { S: ANA } }, to: {} }, [name])).toBe(false);
  }
});

describe("an attribute that keeps its usernames", () => {
  const ids = Ids.of(new Map([[ANA, ANA_NEW]]), "mapping.csv", ["username", "owner"]);
  const other = { S: ANA };

  it.each<[string, AttributeValue, AttributeValue]>([
    ["a username", { S: ANA }, { S: ANA }],
    ["an owner of AppSync", { S: `${ANA}::${ANA}` }, { S: `${ANA_NEW}::${ANA}` }],
    ["a list of owners", { L: [{ S: `${ANA}::ana` }] }, { L: [{ S: `${ANA_NEW}::ana` }] }],
    ["a text with more parts", { S: `${ANA}::${ANA}::${ANA}` }, { S: `${ANA}::${ANA}::${ANA}` }],
    ["a map", { M: { by: { S: ANA }, [ANA]: { S: "x" } } }, { M: { by: { S: ANA }, [ANA]: { S: "x" } } }],
  ])("%s", (_, value, expected) => {
    const { change } = read({ pk: { S: "x" }, owner: value, by: other }, ids);
    expect(change?.to).toMatchObject({ by: { S: ANA_NEW } });
    expect({ owner: value, ...change?.to }.owner).toEqual(expected);
  });

  it("is found in maps too, and ends with its value", () => {
    const { change } = read({ pk: { S: "x" }, m: { M: { username: other, by: other } } }, ids);
    expect(change?.to).toEqual({ m: { M: { username: other, by: { S: ANA_NEW } } } });
  });

  it("is not counted as an old id that is left", () => {
    expect(read({ pk: { S: "x" }, username: other }, ids)).toMatchObject({ change: undefined, places: {} });
  });
});
