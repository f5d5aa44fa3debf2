import { MigrationError } from "../migration-error";
import type { Store } from "../store/store";
import { MOST_NAMES } from "./expressions";
import { type Change, type Item, itemOf, textOf } from "./item";
import { addTo, emptyTally, type Tally } from "./tally";

/** A round reads a table three times: to count, to rewrite, and to count again. */
export const STAGES = ["before", "rewrite", "after"] as const;
export type Stage = (typeof STAGES)[number];

/** A segment of a table in one stage, read from its beginning to its end. */
export interface Part {
  readonly stage: Stage;
  readonly table: string;
  readonly segment: number;
}

/** Why an item was skipped. It keeps its old ids. */
export type Reason =
  /** Another item has its new key, or would get the same new key. */
  | "collision"
  /** Two keys of one of its maps, or two of its attributes, would get the same name. */
  | "clash"
  /** The AWS SDK does not return the value of one of its attributes. */
  | "unreadable"
  /** It has more attributes than one condition of DynamoDB can compare. */
  | "too many attributes"
  /** Every attempt to rewrite it met a concurrent change. */
  | "contended"
  /** DynamoDB rejects the rewritten item. */
  | "refused"
  /** Back-out only: it was changed after the rewrite. */
  | "changed since"
  /** Back-out only: it was deleted after the rewrite. */
  | "deleted since";

/** An item that was skipped. Keys are in DynamoDB's JSON. */
export interface Skipped {
  readonly table: string;
  readonly key: string;
  readonly reason: Reason;
  /** The other item's key, the map's path, or DynamoDB's message. */
  readonly detail: string;
}

export type Kind = "move" | "update";

/** A change that was recorded before it was made. */
export interface Intent {
  readonly number: number;
  readonly table: string;
  readonly segment: number;
  /** "move" if the item gets another key. */
  readonly kind: Kind;
  readonly change: Change;
}

/** The result of a page. */
export interface PageResult {
  /** The key after which the part continues; undefined after the last page. */
  readonly next: Item | undefined;
  readonly tally: Tally;
  /** Names of attributes that its items have. */
  readonly names?: Iterable<string>;
  /** The numbers of the intents that were carried out. The part's other open intents were not. */
  readonly written?: readonly number[];
  readonly skipped?: readonly Skipped[];
}

/** The result of the last round for a table. */
export interface TableResult {
  readonly before: Tally;
  readonly after: Tally;
  /** Items that got another key, and items that were updated in place. */
  readonly moved: number;
  readonly updated: number;
  readonly skipped: number;
}

/** What a rewrite is of. Later commands must have the same values; after a complete round the mapping may be another one. */
export interface RewriteOf {
  /** The tables' ARNs, which include account and Region, as JSON. */
  readonly tables: string;
  /** SHA-256 of the mapping. */
  readonly mapping: string;
  /** Names of attributes that keep their usernames, as JSON. */
  readonly kept?: string;
  /** This machine's share of the segments: see {@link Share}. Undefined if any share will do. */
  readonly part?: string;
}

/** The segments that one of several machines reads, as `1/2`: of every `of` segments the one with this `index`, from 0. */
export interface Share {
  readonly index: number;
  readonly of: number;
}
export const WHOLE: Share = { index: 0, of: 1 };

export function isInShare(segment: number, { index, of }: Share): boolean {
  return segment % of === index;
}

const COLUMNS = 'number, "table", segment, kind, kept, "from", "to"';
type ItemRow = Omit<Intent, "change"> & { readonly kept: string; readonly from: string; readonly to: string };

const listed = (texts: string) => (JSON.parse(texts) as string[]).join(", ") || "none";
/** What a store has instead of what a command asks for, and what to do. */
const OTHERS: Readonly<Record<keyof RewriteOf, (was: string, is: string) => string>> = {
  tables: (was, is) => `a rewrite of the tables ${listed(was)}, not ${listed(is)}: name those`,
  mapping: (was) =>
    `an unfinished rewrite with another mapping (SHA-256 of its pairs: ${was}): finish it with that mapping`,
  kept: (was, is) =>
    `a rewrite that keeps the attributes ${listed(was)}, not ${listed(is)}: use the same --keep-attribute`,
  part: (was, is) => `a rewrite of part ${was}, not ${is}: use the same --part`,
};

/** What a store knows about a rewrite. Throws a {@link MigrationError} if the store has another rewrite. */
export class Progress {
  constructor(
    private readonly store: Store,
    file: string,
    private readonly of: RewriteOf,
  ) {
    for (const [name, is] of Object.entries(of) as Array<[keyof RewriteOf, string]>) {
      const was = this.setting(name);
      if (was === undefined || was === is || (name === "mapping" && this.isOver)) continue;
      throw new MigrationError(`${file} has ${OTHERS[name](was, is)}, or name another file with --store.`);
    }
  }

  /** The last round; undefined before the first one. */
  get round(): { readonly number: number; readonly segments: number } | undefined {
    return this.store.get("SELECT number, segments FROM round ORDER BY number DESC LIMIT 1");
  }

  /** Whether the last round is complete, or no round was started. */
  get isOver(): boolean {
    const { round } = this;
    if (!round) return true;
    const tables = JSON.parse(this.setting("tables") ?? "[]").length;
    const [index = 1, of = 1] = (this.setting("part") ?? textOfShare(WHOLE)).split("/").map(Number);
    const mine = Array.from({ length: round.segments }, (_, segment) => segment).filter((segment) =>
      isInShare(segment, { index: index - 1, of }),
    );
    const parts = STAGES.length * tables * mine.length;
    return this.store.count("part WHERE round = ? AND next IS NULL", round.number) === parts;
  }

  beginRound(segments: number): void {
    this.store.transaction(() => this.addRound(segments));
  }

  /** The same, in the caller's transaction. */
  addRound(segments: number): void {
    for (const [name, value] of Object.entries(this.of)) this.store.set(`rewrite.${name}`, value);
    this.store.change("INSERT INTO round VALUES (NULL, ?, ?)", segments, new Date().toISOString());
  }

  /** Whether items may have been restored. */
  get isBackedOut(): boolean {
    return this.setting("backed-out") !== undefined;
  }

  beginBackOut(): void {
    if (!this.isBackedOut) this.store.set("rewrite.backed-out", new Date().toISOString());
  }

  /** The key after which a part continues: undefined if it was not started, null if it is done. */
  placeOf({ stage, table, segment }: Part): string | null | undefined {
    const sql = 'SELECT next FROM part WHERE round = ? AND stage = ? AND "table" = ? AND segment = ?';
    return this.store.get<{ next: string | null }>(sql, this.number, stage, table, segment)?.next;
  }

  /** Names of attributes that items of a table have: as many as a condition can hold. */
  namesOf(table: string): string[] {
    const sql = 'SELECT name FROM attribute WHERE "table" = ? LIMIT ?';
    return this.store.all<{ name: string }>(sql, table, MOST_NAMES).map(({ name }) => name);
  }

  /** Records changes before they are made. They are on disk when this returns. Returns their numbers, which increase through the whole store. */
  intend({ table, segment }: Part, changes: ReadonlyArray<{ readonly kind: Kind; readonly change: Change }>): number[] {
    const last = this.store.get<{ last: number }>("SELECT coalesce(max(number), 0) AS last FROM item")?.last ?? 0;
    const rows = changes.map(({ kind, change: { kept, from, to } }, index) => {
      const texts = [kept, from, to].map(textOf);
      return [last + 1 + index, this.number, table, segment, kind, ...texts];
    });
    this.store.changeMany(
      `INSERT INTO item (number, round, "table", segment, kind, kept, "from", "to", state)
       SELECT value->>0, value->>1, value->>2, value->>3, value->>4, value->>5, value->>6, value->>7, 'begun' FROM rows`,
      rows,
    );
    return rows.map((_, index) => last + 1 + index);
  }

  /** Intents of a table without a recorded result. */
  openIntents(table: string): Intent[] {
    return this.intents("state = 'begun' AND \"table\" = ? ORDER BY number", table);
  }

  /** Records which open intents of a segment were carried out. The others were not. */
  settle({ table, segment }: Pick<Part, "table" | "segment">, written: readonly number[]): void {
    this.store.change(
      `UPDATE item SET state = iif(number IN (SELECT value FROM json_each(?)), 'written', 'not written')
       WHERE state = 'begun' AND "table" = ? AND segment = ?`,
      JSON.stringify(written),
      table,
      segment,
    );
  }

  /** Records the result of a page: all of it, or nothing. */
  finishPage(part: Part, result: PageResult): void {
    this.store.transaction(() => this.addPage(part, result));
  }

  /** The same, in the caller's transaction. */
  addPage(part: Part, { next, tally, names = [], written, skipped = [] }: PageResult): void {
    const { stage, table, segment } = part;
    const sum = this.tallyOf(
      'round = ? AND stage = ? AND "table" = ? AND segment = ?',
      this.number,
      stage,
      table,
      segment,
    );
    addTo(sum, tally);
    const place = next ? textOf(next) : null;
    const values = [this.number, stage, table, segment, place, JSON.stringify(sum)];
    this.store.change("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?)", ...values);
    this.store.changeMany(
      "INSERT OR IGNORE INTO attribute SELECT value->>0, value->>1 FROM rows",
      // A text ends at a NUL in SQLite. Conditions without this name are valid, too.
      [...names].filter((name) => !name.includes("\0")).map((name) => [table, name]),
    );
    this.store.changeMany(
      "INSERT OR REPLACE INTO skipped SELECT value->>0, value->>1, value->>2, value->>3, value->>4 FROM rows",
      skipped.map(({ table, key, reason, detail }) => [this.number, table, key, reason, detail]),
    );
    if (written) this.settle(part, written);
  }

  /** The items that the last round has read. */
  itemsRead(): number {
    return this.tallyOf("round = ?", this.number).items;
  }

  resultOf(table: string): TableResult {
    const tally = (stage: Stage) => this.tallyOf('round = ? AND stage = ? AND "table" = ?', this.number, stage, table);
    const written = (kind: Kind) =>
      this.store.count(
        "item WHERE round = ? AND \"table\" = ? AND state = 'written' AND kind = ?",
        this.number,
        table,
        kind,
      );
    return {
      before: tally("before"),
      after: tally("after"),
      moved: written("move"),
      updated: written("update"),
      skipped: this.store.count('skipped WHERE round = ? AND "table" = ?', this.number, table),
    };
  }

  /** The items of a table that the last round skipped, at most `limit`; -1: all. */
  skippedOf(table: string, limit = -1): Skipped[] {
    const sql = 'SELECT "table", key, reason, detail FROM skipped WHERE round = ? AND "table" = ? LIMIT ?';
    return this.store.all<Skipped>(sql, this.number, table, limit);
  }

  /** The count of a table before the first rewrite; undefined if the store has none of the whole table. */
  firstCountOf(table: string): Tally | undefined {
    if (this.setting("part") !== textOfShare(WHOLE)) return undefined;
    return this.tallyOf("round = 1 AND stage = 'before' AND \"table\" = ?", table);
  }

  /** The number of changes that were made and not restored. */
  countWritten(): number {
    return this.store.count("item WHERE state = 'written'");
  }

  /** These changes, the last ones first, below a number. */
  writtenBelow(number: number, limit: number): Intent[] {
    return this.intents("state = 'written' AND number < ? ORDER BY number DESC LIMIT ?", number, limit);
  }

  markRestored(numbers: readonly number[]): void {
    const sql = "UPDATE item SET state = 'restored' WHERE number IN (SELECT value FROM json_each(?))";
    this.store.change(sql, JSON.stringify(numbers));
  }

  private get number(): number {
    return this.round?.number ?? 0;
  }

  private setting(name: string): string | undefined {
    return this.store.setting(`rewrite.${name}`);
  }

  private tallyOf(where: string, ...values: Array<string | number>): Tally {
    const sum = emptyTally();
    const rows = this.store.all<{ tally: string }>(`SELECT tally FROM part WHERE ${where}`, ...values);
    for (const { tally } of rows) addTo(sum, JSON.parse(tally) as Tally);
    return sum;
  }

  private intents(where: string, ...values: Array<string | number>): Intent[] {
    const rows = this.store.all<ItemRow>(`SELECT ${COLUMNS} FROM item WHERE ${where}`, ...values);
    return rows.map(({ kept, from, to, ...row }) => {
      return { ...row, change: { kept: itemOf(kept), from: itemOf(from), to: itemOf(to) } };
    });
  }
}

export function textOfShare({ index, of }: Share): string {
  return `${index + 1}/${of}`;
}
