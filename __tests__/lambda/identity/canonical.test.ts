import fc from "fast-check";
import { canonicalEmail, canonicalUsername, spellingProblem } from "../../../lambda/identity/canonical";
import { EMAILS, USERNAMES } from "./vectors";

const username = (typed: string) => ({ typed, canonical: canonicalUsername(typed) });
const email = (typed: string) => ({ typed, canonical: canonicalEmail(typed) });

/** Every code point of a text that is not plain ASCII, so that a test title shows them. */
const spelledOut = (text: string) =>
  [...text]
    .map((character) =>
      /[\x20-\x7e]/.test(character) ? character : `⟨${character.codePointAt(0)?.toString(16).toUpperCase()}⟩`,
    )
    .join("");

describe.each([
  ["usernames", USERNAMES, username],
  ["e-mail addresses", EMAILS, email],
] as const)("%s", (_, table, identifier) => {
  describe.each(Object.entries(table))("%s", (_group, vectors) => {
    it.each(vectors.map((vector) => [spelledOut(vector.typed), vector] as const))(
      "%s",
      (_title, { typed, canonical, problem }) => {
        expect(identifier(typed)).toEqual({ typed, canonical });
        expect(spellingProblem(identifier(typed))).toBe(problem);
      },
    );
  });
});

it("the vectors are many and distinct", () => {
  const all = [USERNAMES, EMAILS].map((table) =>
    Object.values(table)
      .flat()
      .map(({ typed }) => typed),
  );
  for (const typed of all) expect(new Set(typed).size).toBe(typed.length);
  expect(all.flat().length).toBeGreaterThanOrEqual(120);
});

describe("e-mail addresses", () => {
  it("with dots or tags in different places are different addresses", () => {
    expect(canonicalEmail("a.b@example.com")).not.toBe(canonicalEmail("ab@example.com"));
    expect(canonicalEmail("a+x@example.com")).not.toBe(canonicalEmail("a@example.com"));
  });
});

describe("the canonical form", () => {
  const INVISIBLES = [
    "\u200b",
    "\u200d",
    "\u00ad",
    "\u202e",
    "\ufe0f",
    "\u3164",
    "\u2800",
    "\u0000",
    "\ue000",
    "\u{e0041}",
  ];
  // Biased towards special characters: unusual cases, compatibility forms, invisible characters, lone surrogates.
  const special = fc.constantFrom(
    ..."aAßẞıİſKΣσςΐᾳǅﬁﬀＡ①ªé",
    "e\u0301",
    "\u0345",
    "\u1e9e",
    "@",
    ".",
    " ",
    "\ud800",
    ...INVISIBLES,
  );
  const text = fc.oneof(
    fc.string({ unit: special, maxLength: 12 }),
    fc.string({ unit: "binary", maxLength: 12 }),
    fc.string({ unit: "grapheme", maxLength: 12 }),
  );
  const forms = [
    ["usernames", canonicalUsername],
    ["e-mail addresses", canonicalEmail],
  ] as const;

  it.each(forms)("of %s is idempotent, for any string", (_, canonical) => {
    fc.assert(
      fc.property(text, (typed) => canonical(canonical(typed)) === canonical(typed)),
      { numRuns: 5000 },
    );
  });

  it("of usernames is case-insensitive, for any string", () => {
    fc.assert(
      fc.property(text, (typed) => {
        expect(canonicalUsername(typed.toUpperCase())).toBe(canonicalUsername(typed));
        expect(canonicalUsername(typed.toLowerCase())).toBe(canonicalUsername(typed));
      }),
      { numRuns: 5000 },
    );
  });

  it.each(forms)("of %s does not change when invisible characters are added anywhere", (_, canonical) => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 4 }), fc.constantFrom(...INVISIBLES), (parts, invisible) => {
        expect(canonical(parts.join(invisible))).toBe(canonical(parts.join("")));
      }),
      { numRuns: 5000 },
    );
  });

  it("of every single code point is idempotent and case-insensitive", () => {
    const failures: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const typed = String.fromCodePoint(codePoint);
      // Unassigned and private-use code points are many and behave alike.
      if (codePoint % 100 !== 0 && /\p{Cn}|\p{Co}/u.test(typed)) continue;
      const canonical = canonicalUsername(typed);
      for (const other of [canonical, typed.toUpperCase(), typed.toLowerCase()]) {
        if (canonicalUsername(other) !== canonical) failures.push(`U+${codePoint.toString(16)}`);
      }
    }
    expect(failures).toEqual([]);
  });
});
