import { MigrationError } from "../migration-error";
import { parsedJson } from "../parsed-json";
import type { Store } from "../store/store";
import type { PlanLine } from "./plan";

/** The pools of a move. */
export interface Pools {
  readonly from: string;
  readonly to: string;
}

/** Lines of one query: an open query would keep the log of the store from being emptied while a move writes to it. */
const BATCH = 1000;

/** Replaces the plan of a store, or leaves the old one if `lines` throws. */
export function writePlan(store: Store, lines: Iterable<PlanLine>): void {
  store.transaction(() => {
    store.change("DELETE FROM plan");
    store.changeMany("INSERT INTO plan (action, body) SELECT value->>0, value->>1 FROM rows", rowsOf(lines));
    store.set("planned", new Date().toISOString());
  });
}

function* rowsOf(lines: Iterable<PlanLine>): Generator<[action: string, body: string]> {
  for (const line of lines) yield [line.action, JSON.stringify(line)];
}

/** A line of a plan; undefined if the text is none. */
export function planLineIn(text: string): PlanLine | undefined {
  const line = parsedJson(text) as Partial<Record<string, unknown>> | null | undefined;
  const has = (name: string, type: "string" | "object") => typeof line?.[name] === type && line?.[name] !== null;
  const isLine =
    (line?.action === "conflict" && Array.isArray(line.accounts) && Array.isArray(line.taken)) ||
    (line?.action === "invite" && has("sub", "string") && has("carried", "object")) ||
    (line?.action === "present" && has("sub", "string") && has("newSub", "string")) ||
    (line?.action === "skip" && has("sub", "string") && has("reason", "string"));
  return isLine ? (line as unknown as PlanLine) : undefined;
}

function refuse(message: string): never {
  throw new MigrationError(message);
}

/** The plan of a store, line by line. Throws a {@link MigrationError} where it was damaged. The store may be changed meanwhile, the plan may not. */
export function* planOf(store: Store): Generator<PlanLine> {
  let last = 0;
  for (;;) {
    const rows = store.all<{ line: number; body: string }>(
      "SELECT line, body FROM plan WHERE line > ? ORDER BY line LIMIT ?",
      last,
      BATCH,
    );
    for (const { line, body } of rows) {
      last = line;
      yield planLineIn(body) ?? refuse(`The plan in the store is damaged in line ${line}: plan again.`);
    }
    if (rows.length < BATCH) return;
  }
}
