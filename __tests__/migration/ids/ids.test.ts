import { Ids } from "../../../migration/ids/ids";
import { idsOf } from "../../support/id-tables";
import { ANA, ANA_NEW, BEN, BEN_NEW, CAT } from "../../support/ids";

function rewritten(text: string, ids = idsOf({ [ANA]: ANA_NEW, [BEN]: BEN_NEW })) {
  const counts = { found: 0, nearMisses: 0 };
  return { text: ids.rewrite(text, counts), ...counts };
}

it.each([
  ["alone", ANA, ANA_NEW],
  ["after a prefix", `USER#${ANA}`, `USER#${ANA_NEW}`],
  ["inside", `USER#${ANA}#ORDER#1`, `USER#${ANA_NEW}#ORDER#1`],
  ["after letters that are no hexadecimal digits", `user${ANA}`, `user${ANA_NEW}`],
  ["beside a hyphen", `tenant-${ANA}-1`, `tenant-${ANA_NEW}-1`],
  ["after a hexadecimal word and a hyphen", `deadbeef-${ANA}`, `deadbeef-${ANA_NEW}`],
  ["in JSON", `{"id":"${ANA}"}`, `{"id":"${ANA_NEW}"}`],
  ["in a URL", `https://x.example/${ANA}/a.png?v=2`, `https://x.example/${ANA_NEW}/a.png?v=2`],
  ["beside another character of any kind", `é${ANA}\u0000`, `é${ANA_NEW}\u0000`],
  ["after an escaped # of a URL", `USER%23${ANA}%23ORDER`, `USER%23${ANA_NEW}%23ORDER`],
  ["after an escaped / of a URL", `users%2F${ANA}%2fa.png`, `users%2F${ANA_NEW}%2fa.png`],
  ["between escaped quotation marks of JSON", `\\u0022${ANA}\\u0022`, `\\u0022${ANA_NEW}\\u0022`],
  ["after another escape", `\\x2f${ANA}`, `\\x2f${ANA_NEW}`],
  ["after an escape in a URL in a URL", `U%2523${ANA}`, `U%2523${ANA_NEW}`],
  ["after an escape of JSON in a URL", `%5Cu0022${ANA}`, `%5Cu0022${ANA_NEW}`],
  ["after an escape of older JavaScript", `%u0023${ANA}`, `%u0023${ANA_NEW}`],
  ["after a form feed of JSON", `a\\f${ANA}`, `a\\f${ANA_NEW}`],
  ["after a backspace of JSON", `a\\b${ANA}`, `a\\b${ANA_NEW}`],
  ["after an octal escape", `\\043${ANA}`, `\\043${ANA_NEW}`],
  ["in quoted-printable", `U=3D${ANA}`, `U=3D${ANA_NEW}`],
  ["after a code point", `U+0023${ANA}`, `U+0023${ANA_NEW}`],
  ["in capitals, which it keeps", `USER#${ANA.toUpperCase()}`, `USER#${ANA_NEW.toUpperCase()}`],
  ["in mixed case", `A${ANA.slice(1)}`.replace(/^A/, ANA.charAt(0).toUpperCase()), ANA_NEW],
])("an id is replaced: %s", (_, text, expected) => {
  expect(rewritten(text)).toEqual({ text: expected, found: 1, nearMisses: 0 });
});

it.each([
  ["two different ones", `${ANA}#${BEN}`, `${ANA_NEW}#${BEN_NEW}`],
  ["with a hyphen between them", `${ANA}-${BEN}`, `${ANA_NEW}-${BEN_NEW}`],
  ["the same one twice", `${ANA} ${ANA}`, `${ANA_NEW} ${ANA_NEW}`],
])("several ids are replaced: %s", (_, text, expected) => {
  expect(rewritten(text)).toEqual({ text: expected, found: 2, nearMisses: 0 });
});

it.each([
  ["a longer hexadecimal string that ends with it", `0${ANA}`],
  ["a longer hexadecimal string that begins with it", `${ANA}f`],
  ["a longer hexadecimal string with a % further before it", `%230${ANA}`],
  ["the same in capitals", `F${ANA.toUpperCase()}`],
  ["it without hyphens", ANA.replaceAll("-", "")],
])("a near miss is not replaced, but counted: %s", (_, text) => {
  expect(rewritten(text)).toEqual({ text, found: 0, nearMisses: 1 });
});

it.each([
  ["an unrelated id", CAT],
  ["a new id", ANA_NEW],
  ["a part of an id", ANA.slice(0, -1)],
  ["nothing", ""],
  ["a hash", "0123456789abcdef".repeat(4)],
])("other text is not changed: %s", (_, text) => {
  expect(rewritten(text)).toEqual({ text, found: 0, nearMisses: 0 });
});

describe("conflicting texts", () => {
  const ids = idsOf({ [ANA]: ANA_NEW, [BEN]: ANA_NEW, [CAT]: BEN_NEW });

  it("are found for ids with the same new id", () => {
    expect(ids.conflictingTexts(`USER#${ANA}#1`, 9)).toEqual([`USER#${BEN}#1`]);
    expect(ids.conflictingTexts(`USER#${BEN.toUpperCase()}#1`, 9)).toEqual([`USER#${ANA.toUpperCase()}#1`]);
    expect(ids.conflictingTexts(`${ANA}/${BEN}`, 9).sort()).toEqual(
      [`${ANA}/${ANA}`, `${BEN}/${ANA}`, `${BEN}/${BEN}`].sort(),
    );
  });

  it("are none for an id whose new id is unique", () => {
    expect(ids.conflictingTexts(`USER#${CAT}#1`, 9)).toEqual([]);
    expect(idsOf({ [ANA]: ANA_NEW }).conflictingTexts(ANA, 9)).toEqual([]);
  });

  it("keep a username where the name of the attribute is kept", () => {
    expect(ids.conflictingKept(`${ANA}::${ANA}`, 9)).toEqual([`${BEN}::${ANA}`]);
    expect(ids.conflictingKept(ANA, 9)).toEqual([]);
  });

  it("are limited", () => {
    expect(ids.conflictingTexts(Array(20).fill(ANA).join(), 9).length).toBeLessThanOrEqual(10);
  });
});

it.each([
  ["no ids", {}, "m.csv: it contains no ids."],
  ["a value that is not a UUID", { [ANA]: "ana" }, 'm.csv: "ana" is not a Cognito user id (a UUID).'],
  ["a chain", { [ANA]: BEN, [BEN]: CAT }, `m.csv: ${BEN} is both an old and a new id`],
  ["a swap", { [ANA]: BEN, [BEN]: ANA }, "is both an old and a new id"],
  [
    "a chain in another letter case",
    { [ANA]: BEN.toUpperCase(), [BEN]: CAT },
    `m.csv: ${BEN} is both an old and a new id`,
  ],
  ["an id to itself", { [ANA]: ANA.toUpperCase() }, `m.csv: ${ANA} is both an old and a new id`],
  [
    "one id to two",
    { [ANA]: ANA_NEW, [ANA.toUpperCase()]: BEN_NEW },
    `m.csv: ${ANA} occurs in upper and in lower case with different new ids.`,
  ],
])("a mapping of %s is refused", (_, mapping: Record<string, string>, message) => {
  expect(() => Ids.of(new Map(Object.entries(mapping)), "m.csv")).toThrow(message);
});
