import { existsSync, readdirSync } from "node:fs";
import { deployedFunctions, FUNCTION_NAMES, FUNCTIONS } from "../../lambda/functions";

/** Folders with shared code. */
const SHARED = ["aws", "identity", "trigger", "uniqueness"];

it("every unshared folder of lambda/ is a function of the list", () => {
  const folders = readdirSync("lambda", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).filter((name) => !SHARED.includes(name))).toEqual(FUNCTION_NAMES);
});

it.each(FUNCTION_NAMES)("the entry of %s exists", (name) => {
  expect(existsSync(FUNCTIONS[name].entry)).toBe(true);
});

it("an environment deploys the functions that its settings ask for", () => {
  expect(deployedFunctions({})).toEqual(["pre-sign-up"]);
  expect(deployedFunctions({ migrateFrom: {} })).toEqual(["pre-sign-up", "user-migration"]);
});
