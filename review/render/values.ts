import type { Difference } from "../differences";
import type { Json } from "../json";
import { UNKNOWN } from "../marked";
import { SENSITIVE } from "../secrets";

/** Characters of a value that are shown. */
const LONGEST = 60;
/** Characters that are left in front of where two long values begin to differ. */
const CONTEXT = 20;

/** Both sides of a difference in a few words each; "" for what is not there. */
export function values({ before, after }: Difference): readonly [before: string, after: string] {
  const [one, other] = [written(before), written(after)];
  const from = one === "" || other === "" ? 0 : Math.max(0, commonStart(one, other) - CONTEXT);
  return [shortened(one, from), shortened(other, from)];
}

/** Words of Terraform's own output by which programs cut it: Atlantis shows what comes after the last line with these. */
const CUTS = /Refreshing state\.\.\.|Reading\.\.\./gi;

/** A text in which nothing moves a cursor, hides or turns around what stands beside it, or makes a program cut it. */
export function visible(text: string): string {
  return text
    .replaceAll(
      /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu,
      (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`,
    )
    .replaceAll(CUTS, (words) => words.replace("...", "\\u{2e}\\u{2e}\\u{2e}"));
}

function written(value: Json | undefined): string {
  if (value === undefined) return "";
  return value === SENSITIVE || value === UNKNOWN ? value : visible(JSON.stringify(value));
}

function shortened(text: string, from: number): string {
  const characters = [...text];
  if (characters.length <= LONGEST) return text;
  const start = Math.min(from, characters.length - LONGEST);
  // Half an escape sequence would change the meaning of what comes after it.
  const piece = characters
    .slice(start, start + LONGEST)
    .join("")
    .replace(start > 0 ? /^\\+/ : /^$/, "");
  const end = start + LONGEST < characters.length ? "…" : "";
  return `${start > 0 ? "…" : ""}${piece}${end} (${characters.length} characters)`;
}

function commonStart(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  const index = a.findIndex((character, at) => character !== b[at]);
  return index === -1 ? a.length : index;
}
