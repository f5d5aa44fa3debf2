import { PLACES, type Place, type Reading } from "./reading";

/** What was read of a table. */
export interface Tally {
  items: number;
  /** Items with an old id in them. */
  found: number;
  /** Old ids, by where they are. */
  places: Partial<Record<Place, number>>;
  /** Old ids inside longer hexadecimal strings or without their hyphens, which are left alone. */
  nearMisses: number;
}

export function emptyTally(): Tally {
  return { items: 0, found: 0, places: {}, nearMisses: 0 };
}

/** The tally of some items. */
export function tallyOf(readings: readonly Reading[]): Tally {
  const tally = emptyTally();
  for (const { places, nearMisses } of readings) {
    const found = Object.keys(places).length > 0 ? 1 : 0;
    addTo(tally, { items: 1, found, places, nearMisses });
  }
  return tally;
}

export function addTo(tally: Tally, more: Readonly<Tally>): void {
  tally.items += more.items;
  tally.found += more.found;
  tally.nearMisses += more.nearMisses;
  for (const place of PLACES) {
    const count = more.places[place];
    if (count) tally.places[place] = (tally.places[place] ?? 0) + count;
  }
}
