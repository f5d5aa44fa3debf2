import fc from "fast-check";
import { canonicalPhone, isPhone, phoneSpellings } from "../../../lambda/identity/phone";
import { PHONE_NUMBERS } from "../../support/phone-numbers";

/** Prefixes that libphonenumber does not know any more, or that a code has in another country: all of them reach the same telephone. */
const OTHER_PREFIXES: ReadonlyArray<readonly [typed: string, canonical: string]> = [
  ["+370861234567", "+37061234567"],
  ["+37580294911911", "+375294911911"],
  ["+5212221234567", "+522221234567"],
  ["+24106031234", "+24106031234"],
  ["+241060312345", "+24160312345"],
  ["+440007400123456", "+447400123456"],
  // A prefix behind another one.
  ["+1012125551234", "+12125551234"],
  // Argentina: 15 after an area code of two, three and four digits; with 0, and with 9.
  ["+54111523456789", "+541123456789"],
  ["+540111523456789".slice(0, 16), "+541123456789"],
  ["+549111523456789".slice(0, 16), "+541123456789"],
  ["+54261154567890", "+542614567890"],
  ["+54290115412345", "+542901412345"],
];

it.each(PHONE_NUMBERS)("a number of %s is admitted as it is", (_, code, __, number) => {
  const typed = `+${code}${number}`;
  expect(isPhone(typed)).toBe(true);
  expect(canonicalPhone(typed)).toBe(code === "54" ? `+54${number.slice(1)}` : typed);
});

it.each(PHONE_NUMBERS.filter(([, , prefix]) => prefix !== ""))(
  "with the prefix that is dialled inside %s it is refused, and the same number",
  (_, code, prefix, number) => {
    const typed = `+${code}${prefix}${number}`;
    expect(isPhone(typed)).toBe(false);
    expect(canonicalPhone(typed)).toBe(canonicalPhone(`+${code}${number}`));
  },
);

it("a number does not begin with 0 but in the countries where all mobile numbers do, or landlines keep it", () => {
  const admitted = PHONE_NUMBERS.filter(([, code, , number]) => isPhone(`+${code}0${number}`)).map(([, code]) => code);
  expect([...new Set(admitted)].sort()).toEqual(["225", "226", "229", "242", "378", "39", "992"]);
});

it.each(OTHER_PREFIXES)("%s is %s", (typed, canonical) => {
  expect(canonicalPhone(typed)).toBe(canonical);
  expect(isPhone(typed)).toBe(typed === canonical);
});

it.each([
  ["a blank", "+44 7400123456"],
  ["a blank at the end", "+447400123456 "],
  ["a line break at the end", "+447400123456\n"],
  ["no plus sign", "447400123456"],
  ["two plus signs", "++447400123456"],
  ["00 for the plus sign", "00447400123456"],
  ["a code that begins with 0", "+0447400123456"],
  ["hyphens", "+44-7400-123456"],
  ["parentheses", "+44(0)7400123456"],
  ["full-width digits", "+４４7400123456"],
  ["Arabic digits", "+٤٤7400123456"],
  ["a full-width plus sign", "＋447400123456"],
  ["an invisible character", "+44\u200b7400123456"],
  ["an extension", "+447400123456x1"],
  ["more than 15 digits", "+4474001234567890"],
  ["a code alone", "+4"],
  ["letters", "+1800FLOWERS"],
])("a number with %s is refused", (_, typed) => {
  expect(isPhone(typed)).toBe(false);
});

it("the canonical form is total and idempotent, and finds itself among its spellings", () => {
  const digits = fc.stringMatching(/^\+[0-9]{1,16}$/);
  fc.assert(
    fc.property(fc.oneof(digits, fc.string({ unit: "binary" })), (typed) => {
      const canonical = canonicalPhone(typed);
      expect(canonicalPhone(canonical)).toBe(canonical);
      if (!isPhone(typed)) return;
      expect(phoneSpellings(canonical)).toContain(typed);
      for (const spelling of phoneSpellings(canonical)) expect(canonicalPhone(spelling)).toBe(canonical);
    }),
    { numRuns: 2000 },
  );
});
