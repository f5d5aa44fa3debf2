import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Result } from "./result";

/** The last reviewed figures, one file a benchmark. */
export const RESULTS = "bench/results";

export async function saveResult(result: Result): Promise<void> {
  await saveJson(path.join(RESULTS, `${result.benchmark}.json`), result);
}

export async function saveResults(file: string, results: readonly Result[]): Promise<void> {
  await saveJson(file, results);
}

/** The kept figures of these benchmarks, in this order; those that were never measured are left out. */
export async function readResults(names: readonly string[]): Promise<Result[]> {
  const files = await readdir(RESULTS);
  const present = names.filter((name) => files.includes(`${name}.json`));
  return Promise.all(present.map((name) => readJson<Result>(path.join(RESULTS, `${name}.json`))));
}

export async function readJson<T>(file: string): Promise<T> {
  return JSON.parse(await readFile(file, "utf8")) as T;
}

/** Lists of numbers on one line: otherwise every measurement would be a line of a diff. */
export async function saveJson(file: string, value: unknown): Promise<void> {
  const text = JSON.stringify(value, null, 2).replaceAll(/\[[\s\d.,eE+-]+\]/g, (list) =>
    list.replaceAll(/\s+/g, "").replaceAll(",", ", "),
  );
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${text}\n`);
}
