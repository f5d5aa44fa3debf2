import type { Skipped } from "../../migration/ids/entries";
import { itemOf } from "../../migration/ids/item";
import { PLACES } from "../../migration/ids/reading";
import type { TableState } from "../../migration/ids/state";
import type { Forecast, Sample, Survey } from "../../migration/ids/survey";
import type { Tally } from "../../migration/ids/tally";

type Print = (text: string) => void;

/** Lines about single items, at the most: the journal has them all. */
const MOST_LINES = 20;

const REASONS: Readonly<Record<Skipped["reason"], (detail: string) => string>> = {
  collision: (detail) => `its new key has, or would get, another item too: ${keyText(detail)}`,
  clash: (detail) => `two names in it would become one, at ${detail}`,
  "too many attributes": (detail) => `has ${detail} attributes, more than DynamoDB can compare at once`,
  contended: (detail) => `was changed by somebody else each time (${detail})`,
  refused: (detail) => `DynamoDB does not take it: ${detail}`,
  "changed since": () => "was changed since it was rewritten",
  "deleted since": () => "was deleted since it was rewritten",
};

export function printForecast(name: string, { tally, moved, updated, left, samples }: Forecast, print: Print): void {
  print(`${name}: ${tally.items} items, ${tally.found} with old ids${places(tally)}.`);
  print(
    `  ${moved} would get another key, ${updated} would be changed in place, ${left.length} would be left as they are.`,
  );
  printNearMisses(tally, print);
  printSamples(samples, print);
  printSkipped(left, print);
}

export function printRewritten(name: string, { before, after, moved, updated, left }: TableState, print: Print): void {
  print(`${name}: ${before.items} items before, ${before.found} with old ids${places(before)}.`);
  print(`  ${moved} got another key, ${updated} were changed in place, ${left.size} were left as they are.`);
  print(`  ${after.items} items after, ${after.found} with old ids${places(after)}.`);
  printNearMisses(after, print);
  printSkipped([...left.values()], print);
}

/** Prints what a table holds, and what it held; answers whether that is as it should be. */
export function printCounts(
  name: string,
  { tally, samples }: Survey,
  before: Tally | undefined,
  print: Print,
): boolean {
  print(
    `${name}: ${tally.items} items${before ? ` (${before.items} before)` : ""}, ${tally.found} with old ids${places(tally)}.`,
  );
  printNearMisses(tally, print);
  printSamples(samples, print);
  const missing = (before?.items ?? 0) - tally.items;
  if (missing > 0)
    print(`  ${missing} items fewer than before. Rewriting deletes none: who else writes to this table?`);
  return tally.found === 0 && missing <= 0;
}

export function printSkipped(left: readonly Skipped[], print: Print): void {
  if (left.length === 0) return;
  print(`${left.length} items left as they are:`);
  for (const { table, key, reason, detail } of left.slice(0, MOST_LINES)) {
    print(`  ${table}, ${keyText(key)}: ${REASONS[reason](detail)}`);
  }
  if (left.length > MOST_LINES) print(`  … and ${left.length - MOST_LINES} more`);
}

function printSamples(samples: readonly Sample[], print: Print): void {
  for (const { key, newKey, paths } of samples) {
    print(`  e.g. ${keyText(key)}${newKey === key ? "" : ` → ${keyText(newKey)}`} (in ${paths.join(", ")})`);
  }
}

function printNearMisses({ nearMisses }: Tally, print: Print): void {
  if (nearMisses === 0) return;
  print(`  ${nearMisses} old ids inside longer hexadecimal strings, or without hyphens, are left alone.`);
}

function places({ places }: Tally): string {
  const counts = PLACES.flatMap((place) => (places[place] ? [`${place} ${places[place]}`] : []));
  return counts.length > 0 ? ` (${counts.join(", ")})` : "";
}

/** A key's values: what a person looks for in the console. */
function keyText(key: string): string {
  return Object.entries(itemOf(key))
    .map(([name, { S, N, B }]) => `${name}=${S ?? N ?? Buffer.from(B ?? []).toString("base64")}`)
    .join(" ");
}
