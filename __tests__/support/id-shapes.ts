import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Item } from "../../migration/ids/item";
import type { Schema } from "./id-tables";

type Attributes = Record<string, AttributeValue>;
/** The item number `n`, which belongs to one user and names another. */
type Shape = (n: number, owner: string, other: string) => Attributes;

/** The shapes of items with ids: in keys, alone and as a part, and in all other places. The last shape has no id. */
const SHAPES: Readonly<Record<Schema, readonly Shape[]>> = {
  composite: [
    (n, owner) => ({ pk: { S: `USER#${owner}` }, sk: { S: `NOTE#${n}` } }),
    (n, owner, other) => ({ pk: { S: `USER#${owner}#ORDER#${n}` }, sk: { S: "ORDER" }, seller: { S: other } }),
    (n, owner) => ({ pk: { S: `ROOM#${n}` }, sk: { S: owner } }),
    (n, owner, other) => ({ pk: { S: `PAIR#${owner}` }, sk: { S: `FRIEND#${other}#${n}` }, by: { S: owner } }),
    (n, owner) => ({ ...inGroup(n), owner: { S: owner } }),
    (n, owner, other) => ({
      ...inGroup(n),
      members: { L: [{ S: owner }, { M: { id: { S: other }, role: { S: "guest" } } }] },
    }),
    (n, owner, other) => ({
      ...inGroup(n),
      audit: { M: { created: { M: { by: { S: owner } } }, note: { S: `for ${other}` } } },
    }),
    (n, owner) => ({ ...inGroup(n), votes: { M: { [owner]: { BOOL: true }, count: { N: "1" } } } }),
    (n, owner, other) => ({ ...inGroup(n), readers: { SS: [...new Set([owner, other])] } }),
    (n) => inGroup(n),
  ],
  simple: [
    (n, owner) => ({ pk: { S: `${owner}#${n}` } }),
    (n, owner, other) => ({ pk: { S: `USER#${owner}#DEVICE#${n}` }, sharedWith: { SS: [other] } }),
    (n, owner) => ({ pk: { S: `TOKEN#${n}` }, sub: { S: owner } }),
    (n) => ({ pk: { S: `SETTING#${n}` } }),
  ],
};

function inGroup(n: number): Attributes {
  return { pk: { S: `GROUP#${n % 97}` }, sk: { S: `ITEM#${n}` } };
}

/** The given number of items, cycling through the shapes. The same ids give the same items. */
export function* itemsOf(schema: Schema, count: number, ids: readonly string[]): Generator<Item> {
  const shapes = SHAPES[schema];
  for (let n = 0; n < count; n++) {
    const [owner, other] = [ids[n % ids.length], ids[(n * 7 + 3) % ids.length]];
    const shape = shapes[n % shapes.length];
    if (owner === undefined || other === undefined || shape === undefined) return;
    const rest = {
      amount: { N: `${n}.${"1234567890".repeat(3)}` },
      digest: { B: new Uint8Array([n & 255, n >> 8, 0]) },
    };
    yield { ...shape(n, owner, other), ...rest };
  }
}

/** The numbers of items with ids in their keys, and with ids in other places only. */
export function expectedCounts(schema: Schema, count: number): { moved: number; updated: number } {
  const [moving, updating] = schema === "composite" ? [4, 5] : [2, 1];
  const shapes = SHAPES[schema].length;
  const ofShape = (shape: number) => Math.floor((count - shape + shapes - 1) / shapes);
  const sum = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => ofShape(from + index)).reduce((all, one) => all + one, 0);
  return { moved: sum(0, moving), updated: sum(moving, moving + updating) };
}
