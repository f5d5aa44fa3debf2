import { domainToASCII } from "node:url";
import { INVISIBLE, LIVING, NEEDED, OTHER_BLANK, PLAIN } from "./characters";
import { fold } from "./fold";
import { isKnown } from "./repertoire";

/*
 * The canonical form of an identifier: two spellings with the same canonical form are the same identifier.
 *
 * It follows RFC 8265's UsernameCaseMapped profile (width mapping, case mapping, normalization). It also unites spellings
 * that the profile distinguishes: compatibility forms are folded (NFKC, as in UAX #31's NFKC_Casefold), invisible characters
 * are ignored, and case is folded through upper case, so that ß and SS, ς and σ, ı and I are equal.
 * Dots and plus-tags are not changed: a.b@… and ab@… can belong to two users. Look-alikes of different scripts are not folded.
 */

/** Why a spelling is refused even if its canonical form is free. */
export type SpellingProblem = "invisible" | "blank" | "compatibility" | "case" | "domain" | "domainForm";

/** An identifier as typed and in canonical form. */
export interface Identifier {
  readonly typed: string;
  readonly canonical: string;
}

/** Canonical form of a username. Total: never throws. Idempotent; the same for canonically equivalent texts, in any letter case. */
export function canonicalUsername(typed: string): string {
  return fixedPoint(typed, fold);
}

/**
 * Canonical form of an e-mail address: the part before the last @ as in a username, the domain in ASCII (UTS #46,
 * punycode) and without a dot at its end. Total. Idempotent; case-insensitive where DNS is.
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
    // domainToASCII returns "" for an invalid domain, which is folded like any other text.
    return `${fold(address.slice(0, at))}@${(isKnown(domain) && domainToASCII(domain)) || fold(domain)}`;
  });
}

/**
 * The problem with a spelling, or undefined. A spelling is admitted if it is canonically equivalent to its canonical form
 * except for letter case. Invisible characters and compatibility letters are admitted where a living script needs them.
 */
export function spellingProblem({ typed, canonical }: Identifier): SpellingProblem | undefined {
  if (!PLAIN.test(typed)) {
    // Composed first, because the character before a joiner depends on the order of combining marks. That order does not matter.
    const visible = typed.normalize("NFC").replace(NEEDED, "");
    if (visible.search(INVISIBLE) >= 0 || !isKnown(visible)) return "invisible";
    if (OTHER_BLANK.test(visible)) return "blank";
    const plain = visible.replace(LIVING, "");
    if (plain.normalize("NFKD") !== plain.normalize("NFD")) return "compatibility";
  }
  if (typed.trim() !== typed) return "blank";
  // The canonical form of an address's domain is not made by folding. Mail needs it in ASCII.
  const [domain, ascii] = [domainOf(typed), domainOf(canonical)];
  if (!PLAIN.test(domain)) return PLAIN.test(ascii) ? "domain" : undefined;
  return domain.toLowerCase() === ascii ? undefined : "domainForm";
}

function domainOf(text: string): string {
  return text.slice(text.lastIndexOf("@") + 1 || text.length);
}

/** Applies `step` until nothing changes. No known text needs more than three rounds; the limit protects against hostile ones. */
function fixedPoint(text: string, step: (text: string) => string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const next = step(result);
    if (next === result) break;
    result = next;
  }
  return result;
}
