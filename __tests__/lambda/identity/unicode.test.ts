import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { canonicalEmail, canonicalUsername, spellingProblem } from "../../../lambda/identity/canonical";
import { INVISIBLE, LIVING, NEEDED } from "../../../lambda/identity/characters";
import { lowerCase } from "../../../lambda/identity/fold";
import { isKnown } from "../../../lambda/identity/repertoire";
import { lookUpProblem, spellingsToAsk } from "../../../lambda/identity/spellings";
import { unicodeData } from "../../support/unicode";

const isPrivate = (codePoint: number) => codePoint >= 0xe100 && /\p{Co}/u.test(String.fromCodePoint(codePoint));

const data = unicodeData();
const unassigned = new Set(data.unassigned);
const ALL = Array.from({ length: 0x110000 }, (_, codePoint) => codePoint);
/** Without private-use code points, which are many and behave alike. */
const ASSIGNED = ALL.filter((codePoint) => !unassigned.has(codePoint) && !isPrivate(codePoint));

const matches = (pattern: RegExp) => (codePoint: number) => String.fromCodePoint(codePoint).search(pattern) >= 0;
const hex = (codePoints: readonly number[]) => codePoints.slice(0, 20).map((codePoint) => codePoint.toString(16));
const identifier = (typed: string) => ({ typed, canonical: canonicalUsername(typed) });
const problemOf = (typed: string) => spellingProblem(identifier(typed));

describe("the data of Unicode 16", () => {
  it("equals the output of cli/generate/repertoire.mjs", () => {
    const made = execFileSync(process.execPath, ["cli/generate/repertoire.mjs", "--print"]).toString();
    expect(readFileSync("lambda/identity/unicode-16.ts", "utf8")).toBe(made);
  });

  it("identifies unknown characters", () => {
    const unlike = ALL.filter((codePoint) => isKnown(String.fromCodePoint(codePoint)) === unassigned.has(codePoint));
    expect(hex(unlike)).toEqual([]);
  });

  it("identifies invisible characters", () => {
    const invisible = new Set([...data.invisible, 0x2800, 0x1d159]);
    const unlike = ASSIGNED.filter((codePoint) => !matches(/[\p{Cc}\p{Cs}\p{Co}\p{NChar}]/u)(codePoint)).filter(
      (codePoint) => matches(INVISIBLE)(codePoint) !== invisible.has(codePoint),
    );
    expect(hex(unlike)).toEqual([]);
  });

  it("identifies the Arabic letters between which a non-joiner is visible", () => {
    const arabic = ALL.slice(0x600, 0x700);
    const dual = new Set(data.joining.dual);
    const joined = new Set([...data.joining.dual, ...data.joining.right]);
    const between = (before: number, after: number) =>
      `${String.fromCharCode(before)}\u200c${String.fromCharCode(after)}`.search(NEEDED) >= 0;
    expect(arabic.filter((codePoint) => between(codePoint, 0x627))).toEqual(arabic.filter((c) => dual.has(c)));
    expect(arabic.filter((codePoint) => between(0x628, codePoint))).toEqual(arabic.filter((c) => joined.has(c)));
  });
});

/**
 * An independent implementation from Unicode's data: NFKC_Casefold (UAX #31) without invisible characters and surrounding
 * blanks, with ı as i. Its forms differ, but it must unite the same spellings.
 */
function reference(text: string): string {
  let result = text;
  for (let round = 0; round < 10; round++) {
    const folded = Array.from(result.replace(INVISIBLE, "").normalize("NFKD"), (character) =>
      character === "ı" ? "i" : (data.caseFolding.get(character) ?? character),
    );
    const next = folded.join("").normalize("NFKD").trim();
    if (next === result) return result;
    result = next;
  }
  return result;
}

const character = fc
  .oneof(
    { weight: 3, arbitrary: fc.nat(ASSIGNED.length - 1).map((index) => String.fromCodePoint(ASSIGNED[index] ?? 0)) },
    {
      weight: 2,
      arbitrary: fc.integer({ min: 0x20, max: 0x24ff }).map((codePoint) => String.fromCodePoint(codePoint)),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        ..."aAßẞıİiIſσςΣΐᾳǰŉևﬁＡ①é\u0301\u0323\u0302\u0345\u0327\u200d\u200c\ufe0f❤\u094d\u0e33\u1161\u1100ㄱㅏ ",
      ),
    },
  )
  .filter((text) => !unassigned.has(text.codePointAt(0) ?? 0));
const text = fc
  .array(character, { maxLength: 8 })
  .map((characters) => characters.join(""))
  // Two halves of surrogate pairs make another character where they meet.
  .filter(isKnown);
const RUNS = { numRuns: 5000 };

/** Changes that keep the identifier, within Unicode 16: it has no capitals for two letters that have them in Unicode 17. */
const variants = (typed: string) =>
  [
    typed.normalize("NFC"),
    typed.normalize("NFD"),
    typed.toLowerCase(),
    // Decomposed, as in Unicode's definition of compatibility caseless matching: upper case turns an iota subscript into a
    // letter, after which a half-width voiced sound mark would no longer be sorted before it.
    typed.normalize("NFKD").toUpperCase(),
    typed.normalize("NFKD").toUpperCase().toLowerCase(),
  ].filter((variant) => isKnown(variant));

describe("the canonical form", () => {
  it("is equal for canonically equivalent spellings and any letter case, for any text", () => {
    fc.assert(
      fc.property(text, (any) => {
        const typed = any.replace(INVISIBLE, "");
        for (const variant of variants(typed)) expect(canonicalUsername(variant)).toBe(canonicalUsername(typed));
      }),
      RUNS,
    );
  });

  it("unites the same spellings as Unicode's NFKC_Casefold, for every character", () => {
    const unlike = ASSIGNED.filter((codePoint) => {
      const typed = String.fromCodePoint(codePoint);
      const canonical = canonicalUsername(typed);
      return reference(canonical) !== reference(typed) || canonicalUsername(reference(typed)) !== canonical;
    });
    expect(hex(unlike)).toEqual([]);
  });

  it("unites the same spellings as Unicode's NFKC_Casefold, for any text", () => {
    fc.assert(
      fc.property(text, (typed) => {
        const canonical = canonicalUsername(typed);
        expect(reference(canonical)).toBe(reference(typed));
        expect(canonicalUsername(reference(typed))).toBe(canonical);
      }),
      RUNS,
    );
  });

  it("is total and idempotent over all code points, assigned or not", () => {
    const anything = fc.string({ unit: fc.nat(0x10ffff).map((codePoint) => String.fromCodePoint(codePoint)) });
    fc.assert(
      fc.property(anything, (typed) => {
        expect(canonicalUsername(canonicalUsername(typed))).toBe(canonicalUsername(typed));
        expect(canonicalEmail(canonicalEmail(typed))).toBe(canonicalEmail(typed));
      }),
      RUNS,
    );
  });
});

describe("a spelling is admitted", () => {
  it("in any letter case and any canonically equivalent form, or in none of them", () => {
    fc.assert(
      fc.property(text, (typed) => {
        if (problemOf(typed)) return;
        for (const variant of [typed.normalize("NFC"), typed.normalize("NFD")]) {
          expect(problemOf(variant)).toBeUndefined();
        }
      }),
      RUNS,
    );
  });

  it("also with another order of combining marks before a joiner", () => {
    // The virama, after which a joiner is needed, is sorted before the circumflex.
    const marks = "\u0915\u0302\u094d\u200d";
    expect(marks.normalize("NFC")).not.toBe(marks);
    expect(problemOf(marks)).toBe(problemOf(marks.normalize("NFC")));
  });

  it("where it differs from its canonical form by composition, letter case, and what a living script needs", () => {
    fc.assert(
      fc.property(text, (typed) => {
        if (problemOf(typed)) return;
        const visible = typed.replace(NEEDED, "");
        const decomposed = visible.replace(LIVING, (letter) => letter.normalize("NFKC")).normalize("NFD");
        expect(decomposed).toBe(decomposed.normalize("NFKD"));
        expect(decomposed.search(INVISIBLE)).toBe(-1);
      }),
      RUNS,
    );
  });

  it("if it is one character of Unicode 16, visible, and without compatibility decomposition", () => {
    const unlike = ASSIGNED.filter((codePoint) => {
      const typed = String.fromCodePoint(codePoint);
      const plain = typed.normalize("NFKD") === typed.normalize("NFD") || LIVING.test(typed);
      LIVING.lastIndex = 0;
      const admissible = plain && !matches(INVISIBLE)(codePoint) && !matches(/[\s\p{Z}]/u)(codePoint);
      return admissible !== (problemOf(typed) === undefined);
    });
    expect(hex(unlike)).toEqual([]);
  });
});

it("a spelling that is admitted by look-ups only is found by a look-up for its canonical form, in its letter case or in lower case", () => {
  fc.assert(
    fc.property(text, fc.constantFrom("username", "email"), (typed, name) => {
      const username = identifier(typed);
      if (spellingProblem(username) || lookUpProblem(name, username)) return;
      const { canonical } = username;
      const asked = spellingsToAsk(name, { typed: canonical, canonical });
      expect(asked.includes(typed) || asked.includes(lowerCase(typed))).toBe(true);
      expect(spellingsToAsk(name, username)).toEqual(expect.arrayContaining([typed, ...asked]));
      expect(spellingsToAsk(name, username).length).toBeLessThanOrEqual(9);
    }),
    RUNS,
  );
});

describe("the advice of a refusal can be followed", () => {
  it("to remove invisible or unknown characters", () => {
    fc.assert(
      fc.property(text, fc.nat(0x10ffff), (typed, codePoint) => {
        const spelling = typed + String.fromCodePoint(codePoint);
        if (problemOf(spelling) !== "invisible") return;
        const without = Array.from(spelling.replace(INVISIBLE, "")).filter(isKnown).join("");
        expect(problemOf(without)).not.toBe("invisible");
      }),
      RUNS,
    );
  });

  it("to write plain characters and plain blanks: the canonical form is admitted, of any spelling", () => {
    fc.assert(
      fc.property(text, (typed) => {
        // Three blanks do not fold to a plain space, which is the advice for them.
        if (/[\u1680\u2028\u2029]/.test(typed)) return;
        expect(problemOf(canonicalUsername(typed))).toBeUndefined();
        const local = `${typed.replaceAll("@", "")}@example.com`;
        const canonical = canonicalEmail(local);
        expect(spellingProblem({ typed: canonical, canonical })).toBeUndefined();
      }),
      RUNS,
    );
  });
});
