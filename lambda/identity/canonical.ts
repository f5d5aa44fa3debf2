import { domainToASCII } from "node:url";

/*
 * The canonical form of an identifier: two spellings with the same canonical form are the same identifier.
 *
 * It follows RFC 8265's UsernameCaseMapped profile (width mapping, case mapping, normalization) and goes further where
 * that leaves two spellings of one name apart: compatibility forms are folded (NFKC, as in UAX #31's NFKC_Casefold),
 * invisible characters do not count, and case is folded through upper case, so that ß and SS, ς and σ, ı and I agree.
 * Dots and plus-tags are left alone: a.b@… and ab@… can be two people. So are look-alikes of different scripts.
 */

/**
 * What nobody can see: default ignorables (UAX #44: joiners, variation selectors, fillers, soft hyphen …), \p{C}
 * (controls, bidi controls, private use, surrogates without a partner, unassigned), and two symbols that are blank.
 */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{C}\u2800\u{1D159}]/gu;

/** Any blank but the plain space. */
const OTHER_BLANK = /(?! )[\s\p{Z}]/u;

/** Why a spelling is refused although its canonical form may be free. */
export type SpellingProblem = "invisible" | "blank" | "compatibility" | "case" | "domain";

/** An identifier as somebody typed it, and as it counts. */
export interface Identifier {
  readonly typed: string;
  readonly canonical: string;
}

/** Canonical form of a username. Total: never throws. Idempotent and blind to case and invisible characters. */
export function canonicalUsername(typed: string): string {
  return fixedPoint(typed, fold);
}

/**
 * Canonical form of an e-mail address: the part before the last @ as in a username, the domain in ASCII (UTS #46,
 * punycode) and without a dot at its end. Total. Idempotent; blind to the case of what DNS is blind to the case of.
 */
export function canonicalEmail(typed: string): string {
  return fixedPoint(typed, (address) => {
    const at = address.lastIndexOf("@");
    if (at < 0) return fold(address);
    const domain = address
      .slice(at + 1)
      .replace(INVISIBLE, "")
      .trim()
      .replace(/\.$/, "");
    // domainToASCII answers "" for what is no domain at all; that is folded like any other text.
    return `${fold(address.slice(0, at))}@${domainToASCII(domain) || fold(domain)}`;
  });
}

/**
 * What is wrong with a spelling that differs from its canonical form by more than letter case, or undefined.
 * Cognito stores what was typed, whatever a trigger answers: only if every stored name is canonical up to case can a
 * look-up by the canonical form find it.
 */
export function spellingProblem({ typed, canonical }: Identifier): SpellingProblem | undefined {
  if (typed.search(INVISIBLE) >= 0) return "invisible";
  if (typed.trim() !== typed || OTHER_BLANK.test(typed)) return "blank";
  if (typed.normalize("NFKC") !== typed) return "compatibility";
  const lower = typed.toLowerCase();
  if (lower === canonical) return undefined;
  const at = lower.lastIndexOf("@");
  return at >= 0 && fold(lower.slice(0, at)) === lower.slice(0, at) ? "domain" : "case";
}

function fold(text: string): string {
  const visible = text.replace(INVISIBLE, "").normalize("NFKC");
  return visible.toLowerCase().toUpperCase().toLowerCase().normalize("NFKC").trim();
}

/** One step can make work for an earlier one. No text needs more than three rounds; the bound is for hostile ones. */
function fixedPoint(text: string, step: (text: string) => string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const next = step(result);
    if (next === result) break;
    result = next;
  }
  return result;
}
