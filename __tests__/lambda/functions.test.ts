import { existsSync, readdirSync } from "node:fs";
import {
  askedFunction,
  bundleFile,
  deployedFunctions,
  FUNCTIONS,
  OWN_FUNCTIONS,
  TRIGGERS,
} from "../../lambda/functions";

/** Folders with shared code. */
const SHARED = ["aws", "identity", "trigger", "uniqueness"];

it("every function of the list has a folder of lambda/, and is the function of a trigger", () => {
  const folders = readdirSync("lambda", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name)).toEqual(expect.arrayContaining([...SHARED, ...Object.keys(FUNCTIONS)]));
  expect(OWN_FUNCTIONS.map(({ trigger }) => TRIGGERS[trigger])).toEqual(Object.keys(FUNCTIONS));
});

it.each(Object.entries(FUNCTIONS))("the entry of %s exists", (_, { entry }) => {
  expect(existsSync(entry)).toBe(true);
});

it("an environment deploys the functions that its settings ask for", () => {
  expect(deployedFunctions({})).toEqual([{ trigger: "preSignUp" }]);
  expect(deployedFunctions({ migrateFrom: {} })).toEqual([{ trigger: "preSignUp" }, { trigger: "userMigration" }]);
  const triggers = { postConfirmation: { file: "lambda/welcome.ts" }, customMessage: {} };
  expect(deployedFunctions({ triggers })).toEqual([
    { trigger: "preSignUp" },
    { trigger: "postConfirmation", file: "lambda/welcome.ts" },
  ]);
});

it("the function that a pool called before is asked by another bundle, and the project's own stays as it is", () => {
  const existingPool = { userPoolId: "eu-west-1_AbCdEfGhI" };
  expect(deployedFunctions({ existingPool }).map(bundleFile)).toEqual([".build/lambda/pre-sign-up/index.js"]);
  const [preSignUp, ...others] = deployedFunctions({ existingPool: { ...existingPool, preSignUp: "arn" } });
  expect(others).toEqual([]);
  expect(preSignUp && bundleFile(preSignUp)).toBe(".build/lambda/pre-sign-up/with-pools-function/index.js");
});

it("a function of another team is asked by the same bundle where the pool is made here", () => {
  const settings = { triggers: { preSignUp: { functionArn: "arn" } } };
  expect(askedFunction(settings)).toBe("arn");
  expect(deployedFunctions(settings).map(bundleFile)).toEqual([
    ".build/lambda/pre-sign-up/with-pools-function/index.js",
  ]);
});

it("a check of an environment's own is bundled with the project's function, in a bundle of its own", () => {
  const [preSignUp, ...others] = deployedFunctions({ triggers: { preSignUp: { file: "lambda/only-acme.ts" } } });
  expect(others).toEqual([]);
  expect(preSignUp && bundleFile(preSignUp)).toBe(".build/lambda/pre-sign-up/lambda/only-acme.ts/index.js");
});
