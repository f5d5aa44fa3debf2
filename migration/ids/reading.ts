import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import type { Ids, MatchCounts } from "./ids";
import { type Change, type Item, pick } from "./item";

/** Where an id can occur. */
export const PLACES = [
  "partition key",
  "sort key",
  "attribute",
  "attribute name",
  "list member",
  "map member",
  "map key",
  "set member",
] as const;

export type Place = (typeof PLACES)[number];

/** The old ids in an item. */
export interface Reading {
  /** The change that replaces them; undefined if there are none. */
  readonly change: Change | undefined;
  /** The number of old ids by place. */
  readonly places: Readonly<Partial<Record<Place, number>>>;
  /** The first paths to them, for example `members[2]`. */
  readonly paths: readonly string[];
  /** See {@link MatchCounts}. */
  readonly nearMisses: number;
  /** The path of a map of which two keys would get the same name. Such an item cannot be rewritten. */
  readonly clash: string | undefined;
  /** An attribute whose value the AWS SDK does not return: it loses that of `__proto__`. Such an item cannot be written anew. */
  readonly unreadable: string | undefined;
}

const MOST_PATHS = 5;

/** Finds old ids in an item. `keys` are the names of the table's key attributes, the partition key first. */
export function readItem(item: Item, keys: readonly string[], ids: Ids): Reading {
  const reader = new Reader(ids);
  const kept: Array<[string, AttributeValue]> = [];
  const from: Array<[string, AttributeValue]> = [];
  const to: Array<[string, AttributeValue]> = [];
  const names = new Set<string>();
  let unreadable: string | undefined;
  for (const [name, value] of Object.entries(item) as Array<[string, AttributeValue | undefined]>) {
    if (value === undefined) {
      unreadable = name;
      continue;
    }
    const place = name === keys[0] ? "partition key" : name === keys[1] ? "sort key" : "attribute";
    const newName = reader.text(name, "attribute name", name);
    const newValue = reader.named(name, value, place, name);
    if (names.has(newName)) reader.clash ??= newName;
    names.add(newName);
    if (newName === name && newValue === value) kept.push([name, value]);
    else {
      from.push([name, value]);
      to.push([newName, newValue]);
    }
  }
  const { places, paths, counts, clash } = reader;
  const change = { kept: Object.fromEntries(kept), from: Object.fromEntries(from), to: Object.fromEntries(to) };
  const found = from.length > 0 ? (moves(change, keys) ? change : inPlace(change, keys)) : undefined;
  return { change: found, places, paths, nearMisses: counts.nearMisses, clash, unreadable };
}

/** Whether a change gives an item another key. */
export function moves({ from }: Change, keys: readonly string[]): boolean {
  return keys.some((key) => Object.hasOwn(from, key));
}

function inPlace({ kept, from, to }: Change, keys: readonly string[]): Change {
  return { kept: pick(kept, keys), from, to };
}

class Reader {
  readonly places: Partial<Record<Place, number>> = {};
  readonly paths: string[] = [];
  readonly counts: MatchCounts = { found: 0, nearMisses: 0 };
  clash: string | undefined;

  /** Whether the value that is read is of a name which keeps its usernames. */
  private isKept = false;

  constructor(private readonly ids: Ids) {}

  text(text: string, place: Place, path: string): string {
    const before = this.counts.found;
    const rewritten = this.isKept ? this.ids.rewriteKept(text, this.counts) : this.ids.rewrite(text, this.counts);
    const found = this.counts.found - before;
    if (found > 0) {
      this.places[place] = (this.places[place] ?? 0) + found;
      if (this.paths.length < MOST_PATHS && !this.paths.includes(path)) this.paths.push(path);
    }
    return rewritten;
  }

  /** {@link value} of an attribute, or of a member of a map. */
  named(name: string, value: AttributeValue, place: Place, path: string): AttributeValue {
    const outside = this.isKept;
    this.isKept ||= this.ids.isKept(name);
    const rewritten = this.value(value, place, path);
    this.isKept = outside;
    return rewritten;
  }

  /** The value with every old id replaced; the same object if it contains none. */
  value(value: AttributeValue, place: Place, path: string): AttributeValue {
    if (value.S !== undefined) {
      const S = this.text(value.S, place, path);
      return S === value.S ? value : { S };
    }
    if (value.SS) {
      const members = value.SS.map((member) => this.text(member, "set member", path));
      // Two members that get the same new id are one member: a set holds no duplicates.
      return members.some((member, index) => member !== value.SS[index]) ? { SS: [...new Set(members)] } : value;
    }
    if (value.L) {
      const L = value.L.map((member, index) => this.value(member, "list member", `${path}[${index}]`));
      return L.some((member, index) => member !== value.L[index]) ? { L } : value;
    }
    if (value.M) return this.map(value, value.M, path);
    return value;
  }

  private map(value: AttributeValue, members: Record<string, AttributeValue>, path: string): AttributeValue {
    const rewritten = new Map<string, AttributeValue>();
    let changed = false;
    for (const [name, member] of Object.entries(members)) {
      const memberPath = `${path}.${name}`;
      const newName = this.text(name, "map key", memberPath);
      const newMember = this.named(name, member, "map member", memberPath);
      if (rewritten.has(newName)) this.clash ??= path;
      rewritten.set(newName, newMember);
      changed ||= newName !== name || newMember !== member;
    }
    return changed ? { M: Object.fromEntries(rewritten) } : value;
  }
}
