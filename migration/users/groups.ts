import { hash, randomBytes } from "node:crypto";
import type { IdentifierName } from "../../lambda/identity/account";
import { canonicalEmail, canonicalUsername } from "../../lambda/identity/canonical";
import { Parts } from "./scratch";
import type { User } from "./user";

/*
 * Duplicate accounts have the same canonical username or the same canonical e-mail address, directly or through other
 * accounts. Pools are large, so the comparison uses temporary files:
 *   1. Every identifier is written as a keyed hash of 16 bytes with the account's number to one of many files, by its hash.
 *   2. In each file, equal hashes link the accounts. Union-find over the numbers needs 8 bytes an account; only that is in memory.
 *   3. The accounts are read again. An account without links is a group of its own. The others are written to files by their
 *      group, and each file is then grouped separately.
 */

/** The number of files for identifiers, and for groups. With a million accounts, each has about 8,000 identifiers. */
const PARTS = 256;
const HASH = 16;
const RECORD = HASH + 4;

/** A source of accounts. It is read twice and must return the same accounts both times. */
export interface Source {
  read(): AsyncIterable<User>;
}

/** An account and the index of its source. */
export interface Sourced {
  readonly source: number;
  readonly user: User;
}

/** Duplicate accounts, in the order of the sources; a single account if no other has its identifiers. */
export type Group = readonly Sourced[];

/** The canonical identifiers of an account, by name. */
export function identifiersOf({ username, attributes }: User): ReadonlyArray<readonly [IdentifierName, string]> {
  const name = ["username", canonicalUsername(username)] as const;
  return attributes.email ? [name, ["email", canonicalEmail(attributes.email)]] : [name];
}

/** The groups of the accounts of these sources: single accounts first, then the others. Its files are in `folder`. */
export async function* groupsOf(
  sources: readonly Source[],
  folder: string,
  onAccount: (done: number) => void = () => {},
): AsyncGenerator<Group> {
  const links = await linksOf(sources, folder, onAccount);
  const { count } = links;

  const grouped = new Parts(folder, "groups", PARTS);
  try {
    let number = 0;
    for await (const sourced of all(sources)) {
      const group = links.groupOf(number);
      if (links.sizeOf(group) === 1) yield [sourced];
      else {
        const line = Buffer.from(`${JSON.stringify({ group, ...sourced })}\n`);
        grouped.add(Math.floor((group / count) * PARTS), line);
      }
      onAccount(count + ++number);
    }
    for (let part = 0; part < PARTS; part++) yield* together(grouped.read(part));
  } finally {
    grouped.close();
  }
}

async function* all(sources: readonly Source[]): AsyncGenerator<Sourced> {
  for (const [source, accounts] of sources.entries()) for await (const user of accounts.read()) yield { source, user };
}

async function linksOf(sources: readonly Source[], folder: string, onAccount: (done: number) => void): Promise<Links> {
  const identifiers = new Parts(folder, "identifiers", PARTS);
  try {
    const links = new Links(await spread(sources, identifiers, onAccount));
    for (let part = 0; part < PARTS; part++) link(identifiers.read(part), links);
    return links;
  } finally {
    identifiers.close();
  }
}

/** Step 1. Returns the number of accounts. */
async function spread(sources: readonly Source[], identifiers: Parts, onAccount: (done: number) => void) {
  // The hashes are unreadable without the key, and the key is never stored.
  const key = randomBytes(32).toString("base64url");
  const record = Buffer.alloc(RECORD);
  let count = 0;
  for await (const { user } of all(sources)) {
    record.writeUInt32LE(count, HASH);
    for (const [name, canonical] of identifiersOf(user)) {
      record.write(hash("sha256", `${key}${name}#${canonical}`, "hex"), 0, HASH, "hex");
      identifiers.add(record.readUInt32LE(0) % PARTS, record);
    }
    onAccount(++count);
  }
  return count;
}

function link(records: Buffer, links: Links): void {
  const first = new Map<string, number>();
  for (let start = 0; start < records.length; start += RECORD) {
    const hash = records.toString("latin1", start, start + HASH);
    const number = records.readUInt32LE(start + HASH);
    const before = first.get(hash);
    if (before === undefined) first.set(hash, number);
    else links.join(before, number);
  }
}

function* together(lines: Buffer): Generator<Group> {
  const groups = new Map<number, Sourced[]>();
  for (const line of lines.toString("utf8").split("\n")) {
    if (line === "") continue;
    const { group, source, user } = JSON.parse(line) as Sourced & { group: number };
    const members = groups.get(group) ?? [];
    // ListUsers may return an account on two pages while accounts are created or deleted.
    const seen = members.some((member) => member.source === source && member.user.username === user.username);
    if (!seen) members.push({ source, user });
    groups.set(group, members);
  }
  yield* [...groups].sort(([a], [b]) => a - b).map(([, members]) => members);
}

/** Union-find over account numbers. The smallest number identifies a group. */
class Links {
  private readonly parents: Uint32Array;
  private readonly sizes: Uint32Array;

  constructor(readonly count: number) {
    this.parents = new Uint32Array(count);
    for (let number = 0; number < count; number++) this.parents[number] = number;
    this.sizes = new Uint32Array(count).fill(1);
  }

  join(a: number, b: number): void {
    const [first, second] = [this.groupOf(a), this.groupOf(b)].sort((x, y) => x - y) as [number, number];
    if (first === second) return;
    this.parents[second] = first;
    this.sizes[first] = this.sizeOf(first) + this.sizeOf(second);
  }

  groupOf(number: number): number {
    let group = number;
    for (let parent = this.parents[group] ?? group; parent !== group; parent = this.parents[group] ?? group) {
      // Path halving keeps the chains short.
      this.parents[group] = this.parents[parent] ?? parent;
      group = this.parents[group] ?? parent;
    }
    return group;
  }

  sizeOf(group: number): number {
    return this.sizes[group] ?? 1;
  }
}
