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

/** The plan of a store, line by line. The store may be changed meanwhile, the plan may not. */
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
      yield JSON.parse(body);
    }
    if (rows.length < BATCH) return;
  }
}
