import { canonicalOf, type IdentifierName } from "../../lambda/identity/account";
import { type SpellingProblem, spellingProblem } from "../../lambda/identity/canonical";
import { PLAIN } from "../../lambda/identity/characters";
import { lookUpProblem } from "../../lambda/identity/spellings";
import type { Way } from "./api";

/** A character of an identifier, and what the function's rules make of it. */
export interface JudgedCharacter {
  readonly typed: string;
  /** Empty where it is left out. */
  readonly becomes: string;
  readonly problem: SpellingProblem | undefined;
}

/** Problems of a domain as a whole. */
const DOMAIN: readonly SpellingProblem[] = ["domain", "domainForm"];

const SEGMENTER = new Intl.Segmenter("en", { granularity: "grapheme" });
const characters = (text: string) => Array.from(SEGMENTER.segment(text), ({ segment }) => segment);

/**
 * What the function's rules make of each character of an identifier. A domain that is not in plain letters, and a phone number, is one piece, because the
 * rules take it as a whole. So is an identifier whose characters have other forms side by side than each by itself.
 */
export function judged(name: IdentifierName, typed: string, uniqueness: Way): JudgedCharacter[] {
  const canonical = canonicalOf(name, typed);
  const problemIn = (text: string) => problemOf(name, text, uniqueness);
  const problem = problemIn(typed);
  const whole = [{ typed, becomes: canonical, problem }];
  if (typed === "") return [];
  if (name === "phone_number") return canonical === typed ? characters(typed).map(kept) : whole;

  const at = name === "email" ? typed.lastIndexOf("@") : -1;
  const local = at < 0 ? typed : typed.slice(0, at);
  const pieces = characters(local).map((character, index, all): JudgedCharacter => {
    const before = all.slice(0, index).join("");
    const after = all.slice(index + 1).join("");
    return { typed: character, becomes: becomes(character, before, after), problem: undefined };
  });
  if (at >= 0) pieces.push(kept("@"), ...domain(typed.slice(at + 1), canonical.slice(canonical.lastIndexOf("@") + 1)));
  if (pieces.map((piece) => piece.becomes).join("") !== canonical) return whole;
  if (problem === undefined) return pieces;
  const blamed = pieces.map((piece, index) => {
    const before = pieces.slice(0, index).map((one) => one.typed);
    const after = pieces.slice(index + 1).map((one) => one.typed);
    // By itself, and beside what it stands beside, which may need it: a joiner in a Hindi name.
    const alone = problemIn(between(piece.typed, before.join(""), after.join("")));
    const inPlace = problemIn(`${before.at(-1) ?? ""}${piece.typed}${after[0] ?? ""}`);
    const isDomain = DOMAIN.includes(problem) && index > 0 && pieces[index - 1]?.typed === "@" && after.length === 0;
    return isDomain || (alone === problem && inPlace === problem) ? { ...piece, problem } : piece;
  });
  return blamed.some((piece) => piece.problem) ? blamed : whole;
}

function problemOf(name: IdentifierName, typed: string, uniqueness: Way): SpellingProblem | undefined {
  if (name === "phone_number") return undefined;
  const identifier = { typed, canonical: canonicalOf(name, typed) };
  const problem = spellingProblem(identifier);
  return problem ?? (uniqueness === "directory" ? lookUpProblem(name, identifier) : undefined);
}

function domain(typed: string, canonical: string): JudgedCharacter[] {
  if (!PLAIN.test(typed) || typed.toLowerCase() !== canonical)
    return [{ typed, becomes: canonical, problem: undefined }];
  return characters(typed).map((character) => ({ ...kept(character), becomes: character.toLowerCase() }));
}

/** A blank is left out at an end only, and a letter may have another form there: letters stand in for what is beside it. */
function between(character: string, before: string, after: string): string {
  const standIn = (text: string) => (canonicalOf("username", text) === "" ? "" : "x");
  return `${standIn(before)}${character}${standIn(after)}`;
}

function becomes(character: string, before: string, after: string): string {
  const surrounded = between(character, before, after);
  const start = surrounded.indexOf(character);
  const end = surrounded.length - start - character.length;
  const folded = canonicalOf("username", surrounded);
  return folded.slice(start, folded.length - end);
}

const kept = (character: string): JudgedCharacter => ({ typed: character, becomes: character, problem: undefined });
