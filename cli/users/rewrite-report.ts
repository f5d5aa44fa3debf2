import { itemOf } from "../../migration/ids/item";
import type { Skipped, TableResult } from "../../migration/ids/progress";
import { PLACES } from "../../migration/ids/reading";
import type { Forecast, Sample, Survey } from "../../migration/ids/survey";
import type { Tally } from "../../migration/ids/tally";

type Print = (text: string) => void;

/** The most lines about single items. The store has all of them. */
export const MOST_LINES = 20;

const REASONS: Readonly<Record<Skipped["reason"], (detail: string) => string>> = {
  collision: (detail) => `another item has, or would get, its new key: ${keyText(detail)}`,
  clash: (detail) => `two of its names would become the same, at ${detail}`,
  "too many attributes": (detail) => `has ${detail} attributes, more than one condition of DynamoDB can compare`,
  unreadable: (detail) =>
    `the AWS SDK does not return the value of its attribute ${detail}: rewrite the item by other means`,
  contended: (detail) => `another writer changed it at every attempt (${detail})`,
  refused: (detail) => `DynamoDB rejects it: ${detail}`,
  "changed since": () => "was changed after the rewrite",
  "deleted since": () => "was deleted after the rewrite",
};

export function printForecast(name: string, { tally, moved, updated, skipped, samples }: Forecast, print: Print): void {
  print(`${name}: ${tally.items} items, ${tally.found} with old ids${places(tally)}.`);
  print(`  ${moved} would get another key, ${updated} would be changed in place, ${skipped.length} would be skipped.`);
  printNearMisses(tally, print);
  printSamples(samples, print);
  printSkipped(skipped, print);
}

export function printRewritten(
  name: string,
  { before, after, moved, updated, skipped }: TableResult,
  some: readonly Skipped[],
  print: Print,
): void {
  print(`${name}: ${before.items} items before, ${before.found} with old ids${places(before)}.`);
  print(`  ${moved} got another key, ${updated} were changed in place, ${skipped} were skipped.`);
  print(`  ${after.items} items after, ${after.found} with old ids${places(after)}.`);
  printNearMisses(after, print);
  printSkipped(some, print, skipped);
}

/** Prints the current and the earlier counts of a table. Returns whether they are as expected. */
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
    print(`  ${missing} items fewer than before. A rewrite deletes none: check what else writes to this table.`);
  return tally.found === 0 && missing <= 0;
}

/** `count`: their number, if these are some of them only. */
export function printSkipped(skipped: readonly Skipped[], print: Print, count = skipped.length): void {
  if (count === 0) return;
  print(`${count} items skipped:`);
  for (const { table, key, reason, detail } of skipped.slice(0, MOST_LINES)) {
    print(`  ${table}, ${keyText(key)}: ${REASONS[reason](detail)}`);
  }
  if (count > MOST_LINES) print(`  … and ${count - MOST_LINES} more`);
}

function printSamples(samples: readonly Sample[], print: Print): void {
  for (const { key, newKey, paths } of samples) {
    print(`  e.g. ${keyText(key)}${newKey === key ? "" : ` → ${keyText(newKey)}`} (in ${paths.join(", ")})`);
  }
}

function printNearMisses({ nearMisses }: Tally, print: Print): void {
  if (nearMisses === 0) return;
  print(`  ${nearMisses} old ids inside longer hexadecimal strings, or without hyphens, are not rewritten.`);
}

function places({ places }: Tally): string {
  const counts = PLACES.flatMap((place) => (places[place] ? [`${place} ${places[place]}`] : []));
  return counts.length > 0 ? ` (${counts.join(", ")})` : "";
}

/** A key's values, as the console shows them. */
function keyText(key: string): string {
  return Object.entries(itemOf(key))
    .map(([name, { S, N, B }]) => `${name}=${S ?? N ?? Buffer.from(B ?? []).toString("base64")}`)
    .join(" ");
}
