/*
 * Phone numbers. Cognito takes a plus sign and digits, and compares them as text. The same telephone can be reached by several of
 * these texts, if the prefix that is dialled inside a country is left in: +44 7400 123456 and +44 0 7400 123456. Such a prefix is
 * refused in a sign-up, and ignored in the canonical form, because an account may have got it where no trigger runs.
 */

/** "E.164", ITU-T: at most 15 digits, of which the country code comes first. */
const E164 = /^\+[1-9]\d{1,14}$/;

/** Country codes: "List of Recommendation ITU-T E.164 assigned country codes". None begins with another one. */
const CODE =
  "[17]|2(?:[07]|[1-689]\\d)|3(?:[0-469]|[578]\\d)|4(?:[013-9]|2\\d)|5(?:[1-8]|[09]\\d)|6(?:[0-6]|[7-9]\\d)|8(?:[1246]|[035789]\\d)|9(?:[0-58]|[679]\\d)";

/** Countries whose own numbers begin with 0: Italy, San Marino, the Vatican, and in Africa and Asia after their last change. */
const WITH_ZERO = "39|225|226|229|241|242|378|379|992";

/** Prefixes that are dialled inside a country, where they cannot be the start of a number. Tests compare them with libphonenumber's data. */
const INSIDE = [
  "(?<=^\\+36)0+6",
  "(?<=^\\+375)80",
  "(?<=^\\+1)1(?=\\d{10}$)",
  "(?<=^\\+7)8(?=\\d{10}$)",
  "(?<=^\\+370)8(?=\\d{8}$)",
  "(?<=^\\+375)8(?=\\d{9}$)",
  "(?<=^\\+692)1(?=\\d{7}$)",
  "(?<=^\\+993)8(?=\\d{8}$)",
  "(?<=^\\+241)0(?=\\d{8}$)",
  // Mexico's mobile numbers had a 1 here until 2020.
  "(?<=^\\+52)1(?=\\d{10}$)",
  // Argentina's mobile numbers have 15 after an area code of 2 to 4 digits inside the country: its numbers have 10 digits together.
  "(?<=^\\+549?11)15(?=\\d{8}$)",
  "(?<=^\\+549?[23]\\d\\d)15(?=\\d{7}$)",
  "(?<=^\\+549?[23]\\d{3})15(?=\\d{6}$)",
  `(?<=^\\+(?!${WITH_ZERO})(?:${CODE}))0+`,
].join("|");
const PREFIX = new RegExp(INSIDE);

/** Argentina's mobile numbers have a 9 if they are called from abroad, and no 9 inside the country. Both are in use, so both are admitted. */
const ARGENTINA = /^\+549(?=\d{10}$)/;

/** The canonical form of a phone number. Total: any other text is returned unchanged. Idempotent: a prefix may stand behind another one. */
export function canonicalPhone(typed: string): string {
  if (!E164.test(typed)) return typed;
  const shorter = typed.replace(PREFIX, "").replace(ARGENTINA, "+54");
  return shorter === typed ? typed : canonicalPhone(shorter);
}

/** Whether a text is a phone number in international form, without a prefix that is dialled inside its country. */
export function isPhone(typed: string): boolean {
  return E164.test(typed) && !PREFIX.test(typed);
}

/** The spellings of a phone number under which an account may have it: messages reach the same telephone. */
export function phoneSpellings(canonical: string): string[] {
  const others = [
    canonical.replace(/^\+54(?=\d{10}$)/, "+549"),
    canonical.replace(/^\+54(?:11(?=\d{8}$)|[23]\d\d(?=\d{7}$))/, "$&15"),
    canonical.replace(/^\+54[23]\d{3}(?=\d{6}$)/, "$&15"),
    canonical.replace(/^\+52(?=\d{10}$)/, "+521"),
    canonical.replace(new RegExp(`^\\+(?!1|7|36|52|54|${WITH_ZERO})(?:${CODE})`), "$&0"),
  ];
  return [...new Set([canonical, ...others])].filter((spelling) => E164.test(spelling));
}
