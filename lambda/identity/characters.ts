/*
 * Classes of characters as ranges. A property such as \p{Default_Ignorable_Code_Point} depends on the runtime's Unicode
 * version, but the canonical form must not change with the runtime. The four properties used here are immutable by Unicode's
 * stability policy (https://www.unicode.org/policies/stability_policy.html). Tests compare the ranges with Unicode's data.
 */

/**
 * Invisible characters: controls, halves of surrogate pairs, private use, noncharacters; default ignorables (UAX #44:
 * joiners, variation selectors, fillers, soft hyphen …) and format characters (Cf); two symbols that are blank.
 */
export const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: each character is meant by itself.
  /[\p{Cc}\p{Cs}\p{Co}\p{NChar}\u00ad\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{110bd}\u{110cd}\u{13430}-\u{1343f}\u{1bca0}-\u{1bca3}\u{1d159}\u{1d173}-\u{1d17a}\u{e0000}-\u{e0fff}]/gu;

/** Any blank except the plain space. */
export const OTHER_BLANK = /[\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u;

/** Printable ASCII. Most identifiers consist of it, and it needs lower-casing only. */
export const PLAIN = /^[ -~]*$/;

/** Blocks that contain the pictographs, among other symbols. */
export const PICTOGRAPH =
  "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299\\u{1f000}-\\u{1faff}";

/** Letters after which an Arabic script joins the next one, and letters that can be joined to: Joining_Type D; D and R. */
const JOINS =
  "\u0620\u0626\u0628\u062a-\u062e\u0633-\u063f\u0641-\u0647\u0649\u064a\u066e\u066f\u0678-\u0687\u069a-\u06bf\u06c1\u06c2\u06cc\u06ce\u06d0\u06d1\u06fa-\u06fc\u06ff";
const JOINED = `${JOINS}\u0622-\u0625\u0627\u0629\u062f-\u0632\u0648\u0671-\u0673\u0675-\u0677\u0688-\u0699\u06c0\u06c3-\u06cb\u06cd\u06cf\u06d2\u06d3\u06d5\u06ee\u06ef`;

/** Viramas of the scripts of India and Sri Lanka. */
const VIRAMA = "\u094d\u09cd\u0a4d\u0acd\u0b4d\u0bcd\u0c4d\u0ccd\u0d4d\u0dca";

/**
 * Invisible characters where a script needs them: keyboards produce them, and the word looks different without them. They are
 * admitted there and ignored in the canonical form. Joiners follow RFC 5892, appendix A (CONTEXTJ), and chapter 12 of the
 * Unicode standard.
 */
export const NEEDED = new RegExp(
  [
    `(?<=[${PICTOGRAPH}])[\ufe0e\ufe0f]`, // ❤️
    "(?<=[#*0-9])\ufe0f(?=\u20e3)", // 1️⃣
    `(?<=[${PICTOGRAPH}]\ufe0f?)\u200d(?=[${PICTOGRAPH}])`, // 👩‍💻
    "(?<=[\u3400-\u9fff\uf900-\ufaff\\u{20000}-\\u{3ffff}])[\\u{e0100}-\\u{e01ef}]", // variants of ideographs in Japanese names
    `(?<=[${JOINS}][\u064b-\u065f\u0670]*)\u200c(?=[${JOINED}])`, // Persian, Kurdish, Urdu
    `(?<=[\u0900-\u0dff][${VIRAMA}])(?:\u200d|\u200c(?=[\u0900-\u0dff]))`, // Sinhala, Hindi, Malayalam …
    "(?<=\u09b0)\u200d(?=\u09cd\u09af)|(?<=\u0cb0)\u200d(?=\u0ccd)", // Bengali and Kannada ra
    "(?<=[\u1820-\u18aa])[\u180b-\u180d\u180f]|(?<=[\u1820-\u18aa][\u180b-\u180d\u180f]?)\u180e(?=[\u1820\u1821])", // Mongolian
  ].join("|"),
  "gu",
);

/**
 * Letters of living alphabets that have a compatibility decomposition although keyboards of their script have no plainer
 * form: Armenian ew, Thai and Lao am, Lao digraphs, the Tifinagh labialization mark, single Korean letters.
 */
export const LIVING = /[\u0587\u0e33\u0eb3\u0edc\u0edd\u2d6f\u3131-\u3163\u3165-\u318e]/g;
