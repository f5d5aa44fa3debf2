import { statSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { bundleFunction } from "../../lambda/bundle";
import { bundleFile, type FunctionName } from "../../lambda/functions";

/** What a bundle depends on beside its inputs: how it is made, and where npm puts which package. */
const SURROUNDINGS = [
  "lambda/bundle.ts",
  "lambda/functions.ts",
  "tsconfig.json",
  "package.json",
  "node_modules/.package-lock.json",
];

const ABSENT = { throwIfNoEntry: false } as const;
/** Milliseconds by which a file system's clock can be behind the machine's. */
const CLOCKS_DIFFER = 1000;

/**
 * Bundles a function if it has changed; answers the file's size in bytes.
 *
 * Most who synthesize have changed something else, and a function's 300 inputs, nearly all of the signer's packages, take
 * esbuild longer than cdktf takes for all the rest. Sizes and times of change are compared, the bundle's own among them.
 */
export async function bundleIfChanged(name: FunctionName): Promise<number> {
  const file = bundleFile(name);
  const note = `${path.dirname(file)}.json`;
  const noted: Record<string, string> | undefined = await readFile(note, "utf8")
    .then(JSON.parse)
    .catch(() => undefined);
  if (noted && Object.entries(noted).every(([name, state]) => stateOf(name) === state)) return statSync(file).size;

  const begun = Date.now() - CLOCKS_DIFFER;
  const { bytes, inputs } = await bundleFunction(name, file);
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
