import type { IdentifierName } from "./account";
import type { Identifier, SpellingProblem } from "./canonical";
import { INVISIBLE, LIVING, PICTOGRAPH, PLAIN } from "./characters";
import { lowerCase } from "./fold";
import { phoneSpellings } from "./phone";

/*
 * Cognito stores the typed spelling, and its filters match exact spellings. So a look-up uses every spelling under which an
 * account with this canonical form is usually stored: the canonical one and those that keyboards produce. The list depends on
 * the canonical form only, so a look-up from any spelling of the list finds every other one. The list is also used in the typed
 * letter case, because Cognito may keep it.
 */

/** The most spellings in one letter case. Look-ups count towards a quota of 30 a second; most identifiers need one. */
const MOST = 4;

/** The spellings to look up, starting with the typed one and the canonical form. */
export function spellingsToAsk(name: IdentifierName, { typed, canonical }: Identifier): string[] {
  if (name === "phone_number") return [...new Set([typed, ...phoneSpellings(canonical)])];
  const stored = storedSpellings(name, canonical);
  return typed === canonical ? stored : [...new Set([typed, ...stored, ...storedSpellings(name, plainly(typed))])];
}

/**
 * Why a look-up from another spelling, letter case aside, would not find an account in this spelling; undefined if it would.
 */
export function lookUpProblem(name: IdentifierName, { typed, canonical }: Identifier): SpellingProblem | undefined {
  if (name === "phone_number") return undefined;
  const lower = lowerCase(typed);
  const stored = storedSpellings(name, canonical);
  if (stored.includes(typed) || stored.includes(lower)) {
    return storedSpellings(name, plainly(typed)).includes(typed) ? undefined : "compatibility";
  }
  const visible = lower.replace(INVISIBLE, "");
  if (visible.normalize("NFKC") !== canonical) return "case";
  return visible === lower ? "compatibility" : "invisible";
}

/** The canonical form with the original letter case. */
function plainly(typed: string): string {
  return typed.replace(INVISIBLE, "").normalize("NFKC").replaceAll("ß", "ss");
}

function storedSpellings(name: IdentifierName, plain: string): string[] {
  const spellings = new Set([plain]);
  // Mail to such an address is not delivered (Cognito uses SES), and every look-up counts towards the quota.
  if (name !== "email") respell(spellings, SHARP_S);
  if (!PLAIN.test(plain)) respell(spellings, OTHER_SPELLINGS);
  return [...spellings].slice(0, MOST);
}

function respell(spellings: Set<string>, ways: ReadonlyArray<(text: string) => string>): void {
  for (const way of ways) for (const spelling of [...spellings]) spellings.add(way(spelling));
}

/** The first, the last, or both: more than two are rare. */
const SHARP_S = [(text: string) => text.replace("ss", "ß"), (text: string) => text.replace(/ss(?!.*ss)/, "ß")];

const FLAG_OR_TONE = "\\u{1f1e6}-\\u{1f1ff}\\u{1f3fb}-\\u{1f3ff}";
const TEXT_STYLE = /(?![#*0-9]|\p{Emoji_Presentation})\p{Emoji}(?![\u{1f3fb}-\u{1f3ff}])|[#*0-9](?=\u20e3)/gu;
const NEIGHBOURS = new RegExp(`(?<=[${PICTOGRAPH}]\ufe0f?)(?=[${PICTOGRAPH}])(?![${FLAG_OR_TONE}])`, "gu");

const OTHER_SPELLINGS = [
  composeLetters,
  // Cherokee is usually written in capitals.
  (text: string) => text.replace(/[\u13f8-\u13fd\uab70-\uabbf]/g, (letter) => letter.toUpperCase()),
  (text: string) => text.replace(TEXT_STYLE, "$&\ufe0f"),
  (text: string) => text.replace(NEIGHBOURS, "\u200d"),
  (text: string) => text.normalize("NFD"),
  // Vietnamese of Windows keyboards: a letter composed with its circumflex, breve or horn, followed by its tone.
  (text: string) =>
    text
      .normalize("NFD")
      .replace(
        /([aeou])(\u0323?)([\u0302\u0306\u031b])/gi,
        (_, letter, dot, hat) => (letter + hat).normalize("NFC") + dot,
      ),
];

/** Ranges with letters that normalization decomposes and keyboards produce composed: Armenian, Indic, Thai, Lao, Tifinagh, Korean, Yiddish. */
const WHOLE_LETTERS = [
  [0x587, 0x587],
  [0x958, 0x95f],
  [0x9dc, 0x9df],
  [0xa33, 0xa36],
  [0xa59, 0xa5e],
  [0xb5c, 0xb5d],
  [0xe33, 0xe33],
  [0xeb3, 0xeb3],
  [0xedc, 0xedd],
  [0x2d6f, 0x2d6f],
  [0x3131, 0x318e],
  [0xfb1d, 0xfb4e],
] as const;

let wholeLetters: Map<string, string> | undefined;

function composeLetters(text: string): string {
  if (!wholeLetters) {
    wholeLetters = new Map();
    for (const [first, last] of WHOLE_LETTERS) {
      for (let codePoint = first; codePoint <= last; codePoint++) {
        const letter = String.fromCharCode(codePoint);
        const parts = letter.normalize("NFKC");
        if (parts !== letter && (letter.normalize() === parts || letter.search(LIVING) >= 0)) {
          wholeLetters.set(parts, letter);
        }
      }
    }
  }
  let whole = text;
  for (const [parts, letter] of wholeLetters) whole = whole.replaceAll(parts, letter);
  return whole;
}
