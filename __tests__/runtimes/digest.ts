import { createHash } from "node:crypto";
import { canonicalEmail, canonicalUsername, spellingProblem } from "../../lambda/identity/canonical";
import { isKnown } from "../../lambda/identity/repertoire";
import { lookUpProblem, spellingsToAsk } from "../../lambda/identity/spellings";

/** What {@link digest} answers, on every supported version of Node.js. */
export const EXPECTED = "";

/**
 * SHA-256 of what is made of every code point: by itself, between letters, and beside a sigma, whose form depends on its
 * neighbours; in the part of an address before the @ too. Which domains there are outside ASCII is for Node.js to know.
 */
export function digest(): string {
  const hash = createHash("sha256");
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    // Unassigned characters are many, and alike.
    const texts = isKnown(character) ? [character, `αΣ${character}`, `${character}Σα`] : [character];
    for (const typed of texts) {
      const username = { typed, canonical: canonicalUsername(typed) };
      const ask = spellingProblem(username) ? [] : spellingsToAsk("username", username);
      const problems = [spellingProblem(username), lookUpProblem("username", username)];
      hash.update(JSON.stringify([username.canonical, problems, ask]));
    }
    if (character !== "@") hash.update(canonicalEmail(`${character}@example.com`));
  }
  return hash.digest("hex");
}
