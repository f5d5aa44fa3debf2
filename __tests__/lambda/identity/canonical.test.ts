import fc from "fast-check";
import {
  canonicalEmail,
  canonicalUsername,
  type SpellingProblem,
  spellingProblem,
} from "../../../lambda/identity/canonical";

const username = (typed: string) => ({ typed, canonical: canonicalUsername(typed) });
const email = (typed: string) => ({ typed, canonical: canonicalEmail(typed) });

describe("usernames", () => {
  const accepted: ReadonlyArray<[typed: string, canonical: string]> = [
    ["username", "username"],
    ["Username", "username"],
    ["USERNAME", "username"],
    ["josé", "josé"],
    ["JOSÉ", "josé"],
    ["ОЛЬГА", "ольга"],
    ["οδός", "οδός"],
    ["ΟΔΌΣ", "οδός"],
    ["ნინო", "ნინო"],
    ["王小明", "王小明"],
    ["김철수", "김철수"],
    ['q"x', 'q"x'],
    ["a\\b", "a\\b"],
    ["a.b", "a.b"],
    ["a+b", "a+b"],
    ["İstanbul", "i̇stanbul"],
  ];

  it.each(accepted)("%s counts as %s", (typed, canonical) => {
    expect(username(typed)).toEqual({ typed, canonical });
    expect(spellingProblem(username(typed))).toBeUndefined();
  });

  const refused: ReadonlyArray<[what: string, typed: string, canonical: string, problem: SpellingProblem]> = [
    ["full-width letters", "ｕsername", "username", "compatibility"],
    ["a ligature", "ﬁn", "fin", "compatibility"],
    ["the Kelvin sign", "\u212aelvin", "kelvin", "compatibility"],
    ["mathematical letters", "𝓾𝓼𝓮𝓻", "user", "compatibility"],
    ["a circled digit", "user①", "user1", "compatibility"],
    ["a decomposed letter", "jose\u0301", "josé", "compatibility"],
    ["a zero-width space", "user\u200bname", "username", "invisible"],
    ["a zero-width joiner", "user\u200dname", "username", "invisible"],
    ["a soft hyphen", "user\u00adname", "username", "invisible"],
    ["a right-to-left override", "user\u202ename", "username", "invisible"],
    ["a variation selector", "user\ufe0fname", "username", "invisible"],
    ["a Hangul filler", "user\u3164", "user", "invisible"],
    ["a Braille blank", "user\u2800", "user", "invisible"],
    ["a control character", "user\u0000", "user", "invisible"],
    ["a new line", "user\n", "user", "invisible"],
    ["a private-use character", "user\ue000", "user", "invisible"],
    ["half of a surrogate pair", "user\ud800", "user", "invisible"],
    ["a tag character", "user\u{e0041}", "user", "invisible"],
    ["a space at the end", "username ", "username", "blank"],
    ["a no-break space", "user\u00a0name", "user name", "blank"],
    ["an ogham space", "user\u1680name", "user\u1680name", "blank"],
    ["a sharp s", "straße", "strasse", "case"],
    ["a dotless i", "ısmail", "ismail", "case"],
    ["a sigma that is not final at the end", "οδόσ", "οδός", "case"],
  ];

  it.each(refused)("%s is refused, and counts as what it looks like", (_, typed, canonical, problem) => {
    expect(username(typed).canonical).toBe(canonical);
    expect(spellingProblem(username(typed))).toBe(problem);
  });
});

describe("e-mail addresses", () => {
  it.each([
    ["Ana@Example.COM", "ana@example.com"],
    ["a.b+tag@example.com", "a.b+tag@example.com"],
    ["ana@xn--mnchen-3ya.de", "ana@xn--mnchen-3ya.de"],
    ["ANA@XN--MNCHEN-3YA.DE", "ana@xn--mnchen-3ya.de"],
    ['"odd@local"@example.com', '"odd@local"@example.com'],
    ["no-at-sign", "no-at-sign"],
  ])("%s counts as %s", (typed, canonical) => {
    expect(email(typed).canonical).toBe(canonical);
    expect(spellingProblem(email(typed))).toBeUndefined();
  });

  it.each<[string, string, string, SpellingProblem]>([
    ["an international domain", "ana@münchen.de", "ana@xn--mnchen-3ya.de", "domain"],
    ["its capitals", "ana@MÜNCHEN.de", "ana@xn--mnchen-3ya.de", "domain"],
    ["a domain with a sharp s, which is another domain", "ana@faß.de", "ana@xn--fa-hia.de", "domain"],
    ["a dot at the end", "ana@example.com.", "ana@example.com", "domain"],
    ["an ideographic full stop", "ana@example。com", "ana@example.com", "domain"],
    ["a full-width at sign", "ana＠example.com", "ana@example.com", "compatibility"],
    ["a sharp s before the @", "straße@example.com", "strasse@example.com", "case"],
    ["a zero-width space in the domain", "ana@exam\u200bple.com", "ana@example.com", "invisible"],
  ])("%s is refused, and counts as what it means", (_, typed, canonical, problem) => {
    expect(email(typed).canonical).toBe(canonical);
    expect(spellingProblem(email(typed))).toBe(problem);
  });

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
  // Biased towards what is special: letters with unusual cases, compatibility forms, invisibles, halves of pairs.
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

  it("of usernames is blind to case, for any string", () => {
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

  it("of every single code point is idempotent and blind to case", () => {
    const failures: string[] = [];
    for (let codePoint = 0; codePoint <= 0x10ffff; codePoint++) {
      const typed = String.fromCodePoint(codePoint);
      const canonical = canonicalUsername(typed);
      for (const other of [canonical, typed.toUpperCase(), typed.toLowerCase()]) {
        if (canonicalUsername(other) !== canonical) failures.push(`U+${codePoint.toString(16)}`);
      }
    }
    expect(failures).toEqual([]);
  });
});

it("a spelling without problems is its canonical form up to letter case, for any string", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 20 }), (typed) => {
      for (const identifier of [username(typed), email(typed)]) {
        if (spellingProblem(identifier) === undefined) expect(typed.toLowerCase()).toBe(identifier.canonical);
      }
    }),
    { numRuns: 5000 },
  );
});
