import { readFileSync } from "node:fs";
import { problemOf } from "../support/command-line";
import { documentedCommands, everyDocumentedCommand, pages } from "../support/documented-commands";

const commands = everyDocumentedCommand();

it.each(pages())("%s: every command can be called as it is shown", (page) => {
  const shown = commands.filter(({ place }) => place.startsWith(`${page}:`));
  const wrong = shown.flatMap(({ place, text, whole }) => {
    const problem = problemOf(text, whole);
    return problem === undefined ? [] : [`${place}: ${text}: ${problem}`];
  });
  expect(wrong).toEqual([]);
});

it("README.md: what its table of commands names beside one can be called, too", () => {
  const rows = readFileSync("README.md", "utf8").matchAll(/^\| (`npm (?:run|start|test)[^|]*?) *\|/gm);
  const wrong = [...rows].flatMap(([, cell = ""]) => {
    const [first = "", ...others] = [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
    // `npm run a`, `b` is `npm run b`; `npm run a -- b`, `c` is `npm run a -- c`.
    const spellings = (other: string) =>
      other.startsWith("npm ") ? [other] : [`npm run ${other}`, first.replace(/\S+$/, other)];
    const isWrong = (other: string) => spellings(other).every((text) => problemOf(text, false) !== undefined);
    return [first, ...others].filter(isWrong);
  });
  expect(wrong).toEqual([]);
});

it("commands are found in code blocks and in running text, as they are called", () => {
  const page = [
    "Run `npm ci && npm start`, or `pool=$(npm run --silent output -- dev UserPoolId)`; npm run is no command.",
    "| `npm run users -- plan --from <old pool> --to …` | `A=1 npx jest --ci` |",
    "",
    "```console",
    "$ npm run plan -- dev    # what would change",
    "It is locked: `npm run recover -- dev`.",
    "npm run test:fuzz        10,000 events, and npm run is in this sentence",
    'aws x --id "$(npm run --silent output -- dev X)" \\',
    "  --y",
    "npm run users -- audit \\",
    "  --pool eu-west-1_A > audit.txt",
    "```",
  ].join("\n");
  expect(documentedCommands(page, "a.md").map(({ place, text, whole }) => [place, text, whole])).toEqual([
    ["a.md:1", "npm ci", false],
    ["a.md:1", "npm start", false],
    ["a.md:1", "npm run --silent output -- dev UserPoolId", false],
    ["a.md:2", "npm run users -- plan --from ‹old-pool› --to …", false],
    ["a.md:2", "npx jest --ci", false],
    ["a.md:5", "npm run plan -- dev", true],
    ["a.md:6", "npm run recover -- dev", true],
    ["a.md:7", "npm run test:fuzz", true],
    ["a.md:9", "npm run --silent output -- dev X", true],
    ["a.md:11", "npm run users -- audit --pool eu-west-1_A", true],
  ]);
});

it.each([
  ["npm run dpeloy -- dev", "package.json has no script dpeloy"],
  ["npm run users -- moove --apply", "users has no command moove"],
  ["npm run users -- audit --pol eu-west-1_A", "audit has no option --pol"],
  ["npm run users -- audit --pool", "--pool needs a value"],
  ["npm run users -- audit --dialect cvs", "--dialect is never cvs"],
  ["npm run users -- move --from a_b --apply", "move needs --to"],
  ["npm run users -- rewrite-ids --table a --mapping b --journal c", "rewrite-ids has no option --journal"],
  ["npm run users", "users needs one of its commands"],
  ["npm run drift", "drift needs 1 arguments, not 0"],
  ["npm run drift -- dev prod", "drift takes 1 arguments, not 2"],
  ["npm run drift dev", "npm takes dev for itself: -- is missing in front of it"],
  ["npm run plan -- dev -refesh=false", "Failure: There is no option -refesh=false. Did you mean -refresh?"],
  ["npm run deploy -- dev -refresh=false", "Failure: -refresh=false is not taken here"],
  ["npm run plan -- dev --auto-approve", "Failure: There is no option --auto-approve"],
  ["npm start -- dev prod", "demo takes 1 arguments, not 2"],
  ["npm run check -- --fast", "it takes no arguments: --fast"],
  ["npm run test:explore -- --sed 1", "has no option --sed"],
  ["npm run bench -- load --round 1", "has no option --round"],
  ["npm run test:unit -- --testPathPattern x", "jest has no option --testPathPattern"],
  ["npx jest --testPathPatterns no-such-file", "no test file is called no-such-file"],
  ["npx one-person-one-account revue plan.json", "one-person-one-account has no command revue"],
  ["npx one-person-one-account review plan.json --plan x", "review has no option --plan"],
  ["npx cdktff synth", "there is no program cdktff"],
  ["npm fnord", "npm has no command fnord"],
])("%s: %s", (command, problem) => {
  expect(problemOf(command, true)).toContain(problem);
});

it.each([
  "npm run deploy -- dev -replace=aws_x.y --allow aws_x.y --auto-approve",
  "npm run users -- audit --dialect …",
  "npm run plan -- --help",
  "npm run test:explore -- --seed 7",
  "npx one-person-one-account review plan.json --format markdown",
])("%s: nothing is wrong", (command) => {
  expect(problemOf(command, true)).toBeUndefined();
});
