import { type Entry, type Intent, type PageDone, type Part, type Skipped, STAGES } from "./entries";
import { MOST_NAMES } from "./expressions";
import { addTo, emptyTally, type Tally } from "./tally";

/** The result of the last round for a table. */
export interface TableState {
  readonly before: Tally;
  readonly rewrite: Tally;
  readonly after: Tally;
  /** Items that got another key, and items that were updated in place. */
  moved: number;
  updated: number;
  readonly skipped: Map<string, Skipped>;
}

/** The state of a rewrite as its journal records it: the changes that were made, and those without a recorded result. */
export class State {
  /** Rounds that were started. */
  rounds = 0;
  /** Segments in which the last round reads a table. */
  segments = 0;
  backedOut = false;
  /** The next intent's number. */
  next = 0;
  /** Intents without a recorded result. */
  readonly open = new Map<number, Intent>();
  /** Counts of the first round, by table. */
  readonly first = new Map<string, Tally>();
  readonly names = new Map<string, Set<string>>();
  private tables = new Map<string, TableState>();
  private places = new Map<string, string | null>();

  of(table: string): TableState {
    const known = this.tables.get(table);
    if (known) return known;
    const [before, rewrite, after] = [emptyTally(), emptyTally(), emptyTally()];
    const state = { before, rewrite, after, moved: 0, updated: 0, skipped: new Map() };
    this.tables.set(table, state);
    return state;
  }

  /** The key after which a part continues: undefined if it was not started, null if it is done. */
  placeOf(part: Part): string | null | undefined {
    return this.places.get(keyOf(part));
  }

  /** Whether the last round is complete, or no round was started. */
  isOver(tables: readonly string[]): boolean {
    const segments = Array.from({ length: this.segments }, (_, segment) => segment);
    const parts = STAGES.flatMap((stage) =>
      tables.flatMap((table) => segments.map((segment) => ({ stage, table, segment }))),
    );
    return parts.every((part) => this.placeOf(part) === null);
  }

  /** Applies an entry that was read or written. */
  add(entry: Entry): void {
    if (entry.type === "round") this.begin(entry.segments);
    else if (entry.type === "back-out") this.backedOut = true;
    else if (entry.type === "intent") {
      this.open.set(entry.n, entry);
      this.next = entry.n + 1;
    } else {
      if (entry.type === "page") this.page(entry);
      if (entry.type === "settled" || entry.stage === "rewrite") this.close(entry, new Set(entry.written));
    }
  }

  private begin(segments: number): void {
    this.rounds++;
    this.segments = segments;
    this.tables = new Map();
    this.places = new Map();
  }

  private page({ tally, names = [], left = [], next, ...part }: PageDone): void {
    const state = this.of(part.table);
    this.places.set(keyOf(part), next);
    addTo(state[part.stage], tally);
    for (const item of left) state.skipped.set(item.key, item);
    const known = this.names.get(part.table) ?? new Set();
    for (const name of names) if (known.size < MOST_NAMES) known.add(name);
    this.names.set(part.table, known);
    if (part.stage === "before" && this.rounds === 1) {
      const first = this.first.get(part.table) ?? emptyTally();
      addTo(first, tally);
      this.first.set(part.table, first);
    }
  }

  private close({ table, segment }: { table: string; segment: number }, written: ReadonlySet<number>): void {
    const state = this.of(table);
    for (const [n, intent] of this.open) {
      if (intent.table !== table || intent.segment !== segment) continue;
      this.open.delete(n);
      if (!written.has(n)) continue;
      if (intent.kind === "move") state.moved++;
      else state.updated++;
    }
  }
}

function keyOf({ stage, table, segment }: Part): string {
  return `${stage} ${segment} ${table}`;
}
