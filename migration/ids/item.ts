import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** An item in the format of DynamoDB's API: numbers are strings, which keeps their precision. */
export type Item = Readonly<Record<string, AttributeValue>>;

/**
 * A change of one item. Swapping `from` and `to` gives the inverse. If `from` contains a key attribute, the item moves and
 * `kept` is the rest of the item; otherwise `kept` is its key.
 */
export interface Change {
  readonly kept: Item;
  /** Attributes that are removed or get another value, with their old value. */
  readonly from: Item;
  /** Attributes that are added or get another value, with their new value. */
  readonly to: Item;
}

export function inverse({ kept, from, to }: Change): Change {
  return { kept, from: to, to: from };
}

export function before({ kept, from }: Change): Item {
  return { ...kept, ...from };
}

export function after({ kept, to }: Change): Item {
  return { ...kept, ...to };
}

export function pick(item: Item, names: readonly string[]): Record<string, AttributeValue> {
  // An attribute may have any name: `item.constructor` is there without one.
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));
}

/** Whether two items, or parts of items, are equal. The order of attributes and of set members is ignored. */
export function isSame(one: Item, other: Item): boolean {
  return textOf(one) === textOf(other);
}

/** The canonical text of an item, in DynamoDB's JSON with binary values in base64. */
export function textOf(item: Item): string {
  return JSON.stringify(canonical({ M: item as Record<string, AttributeValue> }));
}

export function itemOf(text: string): Item {
  return (binaries(JSON.parse(text)) as { M: Item }).M;
}

function canonical(value: AttributeValue): unknown {
  if (value.M) {
    const entries = Object.entries(value.M).sort(([a], [b]) => (a < b ? -1 : 1));
    return { M: Object.fromEntries(entries.map(([name, member]) => [name, canonical(member)])) };
  }
  if (value.L) return { L: value.L.map(canonical) };
  if (value.B) return { B: base64(value.B) };
  if (value.BS) return { BS: value.BS.map(base64).sort() };
  if (value.SS) return { SS: [...value.SS].sort() };
  if (value.NS) return { NS: [...value.NS].sort() };
  return value;
}

interface Json {
  readonly M?: Record<string, Json>;
  readonly L?: Json[];
  readonly B?: string;
  readonly BS?: string[];
}

function binaries(value: Json): unknown {
  if (value.M)
    return { M: Object.fromEntries(Object.entries(value.M).map(([name, member]) => [name, binaries(member)])) };
  if (value.L) return { L: value.L.map(binaries) };
  if (value.B !== undefined) return { B: bytes(value.B) };
  if (value.BS) return { BS: value.BS.map(bytes) };
  return value;
}

function base64(binary: Uint8Array): string {
  return Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength).toString("base64");
}

function bytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, "base64"));
}
