import { createHash } from "node:crypto";
import { canonicalEmail, canonicalUsername, spellingProblem } from "../../lambda/identity/canonical";
import { lookUpProblem, spellingsToAsk } from "../../lambda/identity/spellings";

/** What {@link digest} answers, on every supported version of Node.js. */
export const EXPECTED = "2e2c95637c87918f8d8b1a24e1f28ff7d6ea03d9a4b5bda43c0fca0d9869ae79";

/**
 * SHA-256 of what is made of every code point: by itself, between letters, and beside a sigma, whose form depends on its
 * neighbours; in the part of an address before the @ too. Which domains there are outside ASCII is for Node.js to know.
 */
export function digest(): string {
  const hash = createHash("sha256");
  for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
    const character = String.fromCodePoint(codePoint);
    // Those that are refused are many, and alike.
    const problem = spellingProblem({ typed: character, canonical: canonicalUsername(character) });
    const texts = problem === "invisible" ? [character] : [character, `αΣ${character}`, `${character}Σα`];
    for (const typed of texts) {
      const username = { typed, canonical: canonicalUsername(typed) };
      const refused = spellingProblem(username);
      const lookUps = refused ? [] : [lookUpProblem("username", username), spellingsToAsk("username", username)];
      hash.update(JSON.stringify([username.canonical, refused, lookUps]));
    }
    if (problem === undefined && character !== "@") hash.update(canonicalEmail(`${character}@example.com`));
  }
  return hash.digest("hex");
}
