import { statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import {
  type Bundle,
  bundlePreSignUp,
  bundleUserMigration,
  PRE_SIGN_UP_BUNDLE,
  USER_MIGRATION_BUNDLE,
} from "../../lambda/bundle";

/** What a bundle depends on beside its inputs: how it is made, and where npm puts which package. */
const SURROUNDINGS = ["lambda/bundle.ts", "tsconfig.json", "package.json", "node_modules/.package-lock.json"];

const ABSENT = { throwIfNoEntry: false } as const;
/** Milliseconds by which a file system's clock can be behind the machine's. */
const CLOCKS_DIFFER = 1000;

/** Bundles the Pre-SignUp function if it has changed; answers the file's size in bytes. */
export function preSignUp(): Promise<number> {
  return ifChanged(PRE_SIGN_UP_BUNDLE, bundlePreSignUp);
}

/** Bundles the function that takes over another pool's accounts if it has changed; answers the file's size in bytes. */
export function userMigration(): Promise<number> {
  return ifChanged(USER_MIGRATION_BUNDLE, bundleUserMigration);
}

/**
 * Most who synthesize have changed something else, and a function's 300 inputs, nearly all of the signer's packages, take
 * esbuild longer than cdktf takes for all the rest. Sizes and times of change are compared, the bundle's own among them.
 */
async function ifChanged(file: string, bundle: (file: string) => Promise<Bundle>): Promise<number> {
  const note = `${path.dirname(file)}.json`;
  const noted: Record<string, string> | undefined = await readFile(note, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  if (noted && Object.entries(noted).every(([name, state]) => stateOf(name) === state)) return statSync(file).size;

  const begun = Date.now() - CLOCKS_DIFFER;
  const { bytes, inputs } = await bundle(file);
  const madeOf = [...SURROUNDINGS, ...inputs];
  // What changed meanwhile may or may not be in the bundle: the next one has to be made anew.
  if (madeOf.every((name) => (statSync(name, ABSENT)?.ctimeMs ?? 0) < begun)) {
    await writeFile(note, JSON.stringify(Object.fromEntries([file, ...madeOf].map((name) => [name, stateOf(name)]))));
  }
  return bytes;
}

/** Not the time of modification: npm gives all files the same. */
function stateOf(file: string): string {
  const stats = statSync(file, ABSENT);
  return stats ? `${stats.size} ${stats.ctimeMs}` : "none";
}
