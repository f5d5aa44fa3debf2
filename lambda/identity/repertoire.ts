import { PLAIN } from "./characters";
import { RUNS } from "./unicode-16";

/*
 * Identifiers may contain the characters of Unicode 16.0, whatever the runtime's version is. Otherwise a character that is
 * assigned later would be refused before an update of the runtime and admitted after it. 16.0 is the newest version that all
 * supported runtimes have (Node.js 20.19, 22.12, 24). Later versions normalize and fold assigned characters in the same way
 * (Unicode's stability policy).
 */

/** The starts of alternating runs of assigned and unassigned code points. Decoded on first use. */
let runs: number[] | undefined;

/** Whether all characters of a text are assigned in Unicode 16.0. */
export function isKnown(text: string): boolean {
  if (PLAIN.test(text)) return true;
  runs ??= decode();
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    if (codePoint < (runs[1] ?? 0)) continue;
    let low = 0;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((runs[middle] ?? 0) <= codePoint) low = middle + 1;
      else high = middle;
    }
    if (low % 2 === 0) return false;
  }
  return true;
}

/** Applies `replace` to the known parts of a text. Unknown characters are kept, because runtimes treat them differently. */
export function replaceKnown(text: string, replace: (known: string) => string): string {
  if (isKnown(text)) return replace(text);
  let replaced = "";
  let known = "";
  for (const character of text) {
    if (isKnown(character)) known += character;
    else {
      replaced += replace(known) + character;
      known = "";
    }
  }
  return replaced + replace(known);
}

/** The data are run lengths. Digits start at "#"; of the 57 digits, the lower 40 end a number. */
function decode(): number[] {
  const begins = [0];
  let end = 0;
  let number = 0;
  for (const character of RUNS) {
    const digit = character.charCodeAt(0) - 35;
    if (digit < 40) {
      end += number * 40 + digit;
      begins.push(end);
      number = 0;
    } else number = number * 17 + digit - 39;
  }
  return begins;
}
