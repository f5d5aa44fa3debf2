import { existsSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { readJournal } from "../former-journal";
import { MigrationError } from "../migration-error";
import type { Store } from "../store/store";
import { itemOf } from "./item";
import { type Kind, type Part, Progress, type RewriteOf, type Skipped, textOfShare, WHOLE } from "./progress";
import type { Tally } from "./tally";

/** The entries of the journal that earlier versions wrote. Parts of items are in DynamoDB's JSON. */
type Entry =
  | { readonly type: "round"; readonly segments: number }
  | (Part & {
      readonly type: "page";
      readonly next: string | null;
      readonly tally: Tally;
      readonly names?: readonly string[];
      readonly written?: readonly number[];
      readonly left?: readonly Skipped[];
    })
  | {
      readonly type: "intent";
      readonly n: number;
      readonly table: string;
      readonly segment: number;
      readonly kind: Kind;
      readonly kept: string;
      readonly from: string;
      readonly to: string;
    }
  | { readonly type: "settled"; readonly table: string; readonly segment: number; readonly written: readonly number[] }
  | { readonly type: "back-out" };

/** The journal that an earlier version would have written beside a store. */
export function formerJournalBeside(store: string): string {
  return path.join(path.dirname(store), "rewrite-ids.jsonl");
}

/**
 * Takes over the rewrite in the journal of an earlier version, if there is one beside the store: all of it, or nothing. Then renames it to
 * `rewrite-ids.jsonl.imported`. Throws a {@link MigrationError} if the journal was edited or is of another rewrite.
 */
export async function takeOver(store: Store, file: string, { tables, mapping }: RewriteOf): Promise<void> {
  const journal = formerJournalBeside(file);
  if (!existsSync(journal)) return;
  const progress = new Progress(store, file, { tables, mapping, part: textOfShare(WHOLE) });
  const imported = "rewrite.imported";
  if (store.setting(imported) === undefined) {
    if (progress.round) {
      throw new MigrationError(`${journal} and ${file} have a rewrite each: move one of them to another folder.`);
    }
    // Not store.transaction(), which is synchronous. Only this code uses the store meanwhile.
    store.change("BEGIN");
    try {
      const of = { kind: "rewrite-ids", parameters: { tables: JSON.parse(tables), mapping } };
      for await (const entry of readJournal<Entry>(journal, of)) add(store, progress, entry);
      store.set(imported, new Date().toISOString());
      store.change("COMMIT");
    } catch (error) {
      store.rollBack();
      throw error;
    }
  }
  await rename(journal, `${journal}.imported`);
}

function add(store: Store, progress: Progress, entry: Entry): void {
  if (entry.type === "round") progress.addRound(entry.segments);
  else if (entry.type === "back-out") progress.beginBackOut();
  else if (entry.type === "settled") progress.settle(entry, entry.written);
  else if (entry.type === "intent") {
    const { n, table, segment, kind, kept, from, to } = entry;
    const round = progress.round?.number ?? 0;
    store.change(
      "INSERT INTO item VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'begun')",
      ...[n, round, table, segment, kind, kept, from, to],
    );
  } else {
    const { next, tally, names = [], left = [], ...part } = entry;
    const written = part.written ?? (part.stage === "rewrite" ? [] : undefined);
    progress.addPage(part, {
      ...{ tally, names, skipped: left, next: next === null ? undefined : itemOf(next) },
      ...(written && { written }),
    });
  }
}
