import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { ASSUMPTIONS } from "../../../cli/prove/assumptions";

const plain = (text: string) => text.replaceAll(/\s+(?:\*|\/\/)?\s*/g, " ");

describe.each(ASSUMPTIONS.map((each) => [each.assumed, each] as const))("%s", (_, { code, pages }) => {
  it("names source files that are there", () => {
    expect(code.length).toBeGreaterThan(0);
    expect(code.filter((file) => !existsSync(file))).toEqual([]);
  });

  it("names pages that say so", () => {
    const missing = Object.entries(pages).flatMap(([page, words]) => {
      const text = plain(readFileSync(page, "utf8"));
      return [words].flat().filter((each) => !text.includes(each));
    });
    expect(missing).toEqual([]);
  });
});

/** How a page or a comment says that it relies on something that is not promised. */
const SAID =
  /[^.|]*\b(?:AWS does not (?:say|document)|AWS documents no|(?:no document|not documented|undocumented)|is known to|was observed|Cognito (?:may|might)(?! call the function, for| create the account))\b[^.|]*/g;

const filesOf = (folder: string, extension: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(extension))
    .map((file) => path.join(folder, file));

/** Sentences with such words that rely on nothing of Cognito's sign-ups. */
const OTHERS: readonly string[] = [
  "if the provider is known to say it",
  // Nothing depends on which of the two it is.
  "Cognito may report either for both",
  "Cognito may show the message",
];

it("every assumption of Cognito that pages and the functions' comments state is here", () => {
  const unsaid = [...filesOf("docs", ".md"), ...filesOf("lambda", ".ts")].flatMap((file) => {
    const phrases = ASSUMPTIONS.flatMap(({ pages, code }) => [pages[file] ?? (code.includes(file) ? "" : [])].flat());
    const isHere = (sentence: string) => phrases.some((phrase) => sentence.includes(phrase.replace(/\.$/, "")));
    const sentences = plain(readFileSync(file, "utf8")).match(SAID) ?? [];
    return sentences
      .filter((sentence) => !isHere(sentence) && !OTHERS.some((words) => sentence.includes(words)))
      .map((sentence) => `${file}: ${sentence.trim()}`);
  });
  expect(unsaid).toEqual([]);
});
