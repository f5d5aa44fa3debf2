import type { Way } from "../../../cli/page/api";
import { judged } from "../../../cli/page/characters";
import type { IdentifierName } from "../../../lambda/identity/account";
import { EMAILS, USERNAMES, type Vector } from "../../lambda/identity/vectors";

/** The characters that are not kept as they are: `typed→becomes`, with the problem behind it. */
function changes(name: IdentifierName, typed: string, uniqueness: Way = "reserved"): string[] {
  return judged(name, typed, uniqueness)
    .filter((one) => one.problem !== undefined || one.typed !== one.becomes)
    .map(({ typed, becomes, problem }) => `${typed}→${becomes}${problem ? ` ${problem}` : ""}`);
}

it.each<[IdentifierName, string, string[]]>([
  ["username", "Ana", ["A→a"]],
  ["username", "ｕs", ["ｕ→u compatibility"]],
  ["username", "user\u200bname", ["\u200b→ invisible"]],
  ["username", " user name ", [" → blank", " → blank"]],
  // The last sigma has a form of its own.
  ["username", "ΣΣ", ["Σ→σ", "Σ→ς"]],
  ["username", "straße", ["ß→ss"]],
  // Cyrillic, which looks like Latin.
  ["username", "аna", []],
  ["username", "e\u0301a", ["e\u0301→é"]],
  // A joiner that Hindi needs, beside one that nothing needs.
  ["username", "क्\u200dष\u200ba", ["क्\u200dष→क्ष", "\u200b→ invisible"]],
  ["email", "Ana@Example.com", ["A→a", "E→e"]],
  ["email", "a.b+c@example.com", []],
  ["email", "\ufb01n@example.com", ["\ufb01→fi compatibility"]],
  ["email", "x@bücher.example", ["bücher.example→xn--bcher-kva.example domain"]],
  ["email", "x@example.com.", ["example.com.→example.com domainForm"]],
  ["email", "no address", []],
  ["phone_number", "+442079460123", []],
  ["phone_number", "+4402079460123", ["+4402079460123→+442079460123"]],
])("%s %j", (name, typed, expected) => {
  expect(changes(name, typed)).toEqual(expected);
});

it("what look-ups alone would not find again is refused where there are only look-ups", () => {
  expect(changes("username", "ı", "reserved")).toEqual(["ı→i"]);
  expect(changes("username", "xı", "directory")).toEqual(["ı→i case"]);
});

it.each<[IdentifierName, ReadonlyArray<readonly Vector[]>]>([
  ["username", Object.values(USERNAMES)],
  ["email", Object.values(EMAILS)],
])(
  "%s: the characters together are the canonical form, and a refused spelling has one that is to blame",
  (name, groups) => {
    for (const { typed, canonical, problem } of groups.flat()) {
      const characters = judged(name, typed, "reserved");
      const found = {
        typed: characters.map((one) => one.typed).join(""),
        canonical: characters.map(({ becomes }) => becomes).join(""),
        problem: characters.find((one) => one.problem)?.problem,
      };
      expect(found).toEqual({ typed, canonical, problem });
    }
  },
);
