import { type Item, itemOf } from "./item";
import { isInShare, type Share, WHOLE } from "./progress";
import type { IdsTable, ItemsPage } from "./table";

export interface WalkOptions {
  readonly table: IdsTable;
  /** Parts that are read at the same time. */
  readonly segments: number;
  /** Which of them are read. @default all */
  readonly share?: Share | undefined;
  /** Items of a page, at the most. */
  readonly limit?: number;
  /** Where the reading of a part goes on: undefined at its beginning, null if it is done. DynamoDB's JSON. */
  readonly placeOf?: (segment: number) => string | null | undefined;
  /** What is done about a page. The part's next page is read when that is done. */
  readonly onPage: (page: ItemsPage, segment: number) => Promise<void>;
}

/** Reads a table from its beginning, or from where an earlier reading stopped, to its end: every item once. */
export async function walk({
  table,
  segments,
  share = WHOLE,
  limit = 1000,
  placeOf = () => undefined,
  onPage,
}: WalkOptions): Promise<void> {
  let failed = false;
  const parts = Array.from({ length: segments }, async (_, segment) => {
    const place = isInShare(segment, share) ? placeOf(segment) : null;
    if (place === null) return;
    const from: Item | undefined = place === undefined ? undefined : itemOf(place);
    try {
      for await (const page of table.pages(segment, segments, limit, from)) {
        // A part that fails stops the others after their page: what they have begun, they finish.
        if (failed) return;
        await onPage(page, segment);
      }
    } catch (error) {
      failed = true;
      throw error;
    }
  });
  const ends = await Promise.allSettled(parts);
  for (const end of ends) if (end.status === "rejected") throw end.reason;
}

/** Does something about every one, so many at the same time. */
export async function inParallel<T>(
  all: readonly T[],
  parallel: number,
  each: (one: T) => Promise<void>,
): Promise<void> {
  const waiting = all.values();
  await Promise.all(
    Array.from({ length: Math.min(parallel, all.length) }, async () => {
      for (const one of waiting) await each(one);
    }),
  );
}
