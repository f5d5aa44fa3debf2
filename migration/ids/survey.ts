import { partitionConflicts } from "./collisions";
import type { Ids } from "./ids";
import { after, before, textOf } from "./item";
import type { Share, Skipped } from "./progress";
import { moves, type Reading, readItem } from "./reading";
import type { IdsTable } from "./table";
import { addTo, emptyTally, type Tally, tallyOf } from "./tally";
import { walk } from "./walk";

/** An item that contains an old id. Keys are in DynamoDB's JSON. */
export interface Sample {
  readonly key: string;
  /** Its key after the rewrite. */
  readonly newKey: string;
  /** Where the ids are. */
  readonly paths: readonly string[];
}

/** The old ids in a table. */
export interface Survey {
  readonly tally: Tally;
  readonly samples: Sample[];
}

/** What a rewrite would do to a table. */
export interface Forecast extends Survey {
  moved: number;
  updated: number;
  readonly skipped: Skipped[];
}

export interface SurveyOptions {
  readonly table: IdsTable;
  readonly ids: Ids;
  /** Segments that are read in parallel. */
  readonly segments: number;
  /** Which of them are read. @default all */
  readonly share?: Share | undefined;
  /** Called after every page, with the number of items that were read. */
  readonly onPage: (items: number) => void;
}

const MOST_SAMPLES = 5;

/** Reads a table without writing. */
export async function survey({ table, ids, segments, share, onPage }: SurveyOptions): Promise<Survey> {
  const found: Survey = { tally: emptyTally(), samples: [] };
  await walk({
    table,
    segments,
    share,
    async onPage({ items }) {
      const readings = items.map((item) => readItem(item, table.description.keys, ids));
      note(found, table, readings);
      onPage(items.length);
    },
  });
  return found;
}

/** The same, and checks for each item whether it could be rewritten. */
export async function forecast({ table, ids, segments, share, onPage }: SurveyOptions): Promise<Forecast> {
  const found: Forecast = { tally: emptyTally(), samples: [], moved: 0, updated: 0, skipped: [] };
  const { keys } = table.description;
  await walk({
    table,
    segments,
    share,
    async onPage({ items }) {
      const readings = items.map((item) => ({ item, reading: readItem(item, keys, ids) }));
      const { changes, skipped } = await partitionConflicts(table, ids, readings);
      const moved = changes.filter((change) => moves(change, keys)).length;
      found.moved += moved;
      found.updated += changes.length - moved;
      found.skipped.push(...skipped);
      note(
        found,
        table,
        readings.map(({ reading }) => reading),
      );
      onPage(items.length);
    },
  });
  return found;
}

function note(found: Survey, table: IdsTable, readings: readonly Reading[]): void {
  addTo(found.tally, tallyOf(readings));
  for (const { change, paths } of readings) {
    if (found.samples.length >= MOST_SAMPLES) return;
    if (!change) continue;
    const [key, newKey] = [before(change), after(change)].map((item) => textOf(table.keyOf(item))) as [string, string];
    found.samples.push({ key, newKey, paths });
  }
}
