import { sortOut } from "./collisions";
import type { Left } from "./entries";
import type { Ids } from "./ids";
import { after, before, textOf } from "./item";
import { moves, type Reading, readItem } from "./reading";
import type { IdsTable } from "./table";
import { addTo, emptyTally, type Tally, tallyOf } from "./tally";
import { walk } from "./walk";

/** An item with an old id in it. Keys are DynamoDB's JSON. */
export interface Sample {
  readonly key: string;
  /** The key that it would get. */
  readonly newKey: string;
  /** Where the ids are. */
  readonly paths: readonly string[];
}

/** What a table holds. */
export interface Survey {
  readonly tally: Tally;
  readonly samples: Sample[];
}

/** What rewriting would do to a table. */
export interface Forecast extends Survey {
  moved: number;
  updated: number;
  readonly left: Left[];
}

export interface SurveyOptions {
  readonly table: IdsTable;
  readonly ids: Ids;
  /** Parts that are read at the same time. */
  readonly segments: number;
  /** Called after every page, with the number of items that were read. */
  readonly onPage: (items: number) => void;
}

const MOST_SAMPLES = 5;

/** Reads a table and writes nothing. */
export async function survey({ table, ids, segments, onPage }: SurveyOptions): Promise<Survey> {
  const found: Survey = { tally: emptyTally(), samples: [] };
  await walk({
    table,
    segments,
    async onPage({ items }) {
      const readings = items.map((item) => readItem(item, table.description.keys, ids));
      note(found, table, readings);
      onPage(items.length);
    },
  });
  return found;
}

/** The same, and looks for what would be in the way of each item. */
export async function forecast({ table, ids, segments, onPage }: SurveyOptions): Promise<Forecast> {
  const found: Forecast = { tally: emptyTally(), samples: [], moved: 0, updated: 0, left: [] };
  const { keys } = table.description;
  await walk({
    table,
    segments,
    async onPage({ items }) {
      const readings = items.map((item) => ({ item, reading: readItem(item, keys, ids) }));
      const { changes, left } = await sortOut(table, ids, readings);
      const moved = changes.filter((change) => moves(change, keys)).length;
      found.moved += moved;
      found.updated += changes.length - moved;
      found.left.push(...left);
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
