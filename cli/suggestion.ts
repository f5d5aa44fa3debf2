import { closest, distance } from "fastest-levenshtein";

/** Letters that a word may differ in, and still be taken for a slip. */
const MOST_DIFFERENT = 3;

/** ` Did you mean …?`, where one of the known words is close, as commander says it of commands and options. */
export function suggestion(word: string, known: readonly string[]): string {
  if (known.length === 0) return "";
  const found = closest(word, known);
  const different = distance(word, found);
  const isClose = different <= MOST_DIFFERENT && different < Math.max(word.length, found.length) * 0.6;
  return isClose ? ` Did you mean ${found}?` : "";
}
