import { INVISIBLE, PLAIN } from "./characters";
import { isKnown, replaceKnown } from "./repertoire";

/** The folded text: without invisible characters and surrounding blanks, with compatibility forms and letter case folded. */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase().trim();
  const visible = text
    .replace(INVISIBLE, "")
    .replace(LATER_CAPITAL, (capital) => String.fromCodePoint(codePointOf(capital) + (capital.length > 1 ? 27 : 1)));
  return replaceKnown(visible, foldKnown).trim();
}

/**
 * Capitals of Unicode 17. Identifiers with them are refused. But a runtime with Unicode 17 may have reserved some before the
 * repertoire was fixed.
 */
const LATER_CAPITAL = /[\ua7ce\ua7d2\ua7d4\u{16ea0}-\u{16eb8}]/gu;

/** A later version may add a lower-case form of a letter without case, as Unicode 8 did for Cherokee. It is ignored. */
function foldKnown(text: string): string {
  const folded = foldCase(text);
  if (isKnown(folded)) return folded;
  const characters = Array.from(text, (character) => (isKnown(foldCase(character)) ? foldCase(character) : character));
  return characters.join("").normalize("NFKC");
}

function foldCase(text: string): string {
  // Decomposed first: an iota subscript becomes a letter, and the marks before it must not depend on composition.
  return lowerCase(text.normalize("NFKD").toLowerCase().toUpperCase()).normalize("NFKC");
}

/** Lower case by Unicode 16. U+0295 is a letter without case since Unicode 17, which would change a sigma beside it. */
export function lowerCase(text: string): string {
  const parts = text.split("Σ").map((part) => part.toLowerCase());
  return parts.length === 1 ? parts.join() : parts.join("Σ").replace(FINAL_SIGMA, "ς").replaceAll("Σ", "σ");
}

/** "Final_Sigma", the Unicode standard, table 3-17. */
const FINAL_SIGMA =
  /(?<=(?!\p{Case_Ignorable})[\p{Cased}\u0295]\p{Case_Ignorable}*)Σ(?!\p{Case_Ignorable}*(?!\p{Case_Ignorable})[\p{Cased}\u0295])/gu;

function codePointOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}
