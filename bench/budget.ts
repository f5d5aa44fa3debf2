import { metafileOf } from "../lambda/bundle";
import { readJson, saveJson } from "./measure/results";

/** What the function's bundle may weigh: bytes, of all of it and of each of its parts. */
export interface Budget {
  readonly total: number;
  /** By file of this project, and by package. */
  readonly parts: Readonly<Record<string, number>>;
}

export const BUDGET = "bench/budget.json";

/** A part may grow by less than this many bytes before anybody has to say so. */
const STEP = 128;

/** The function's size as it is. */
export async function presentSize(): Promise<Budget> {
  const { outputs } = await metafileOf("pre-sign-up");
  const parts: Record<string, number> = {};
  let total = 0;
  for (const { bytes, inputs } of Object.values(outputs)) {
    total += bytes;
    for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
      const part = partOf(file);
      parts[part] = (parts[part] ?? 0) + bytesInOutput;
    }
  }
  return { total, parts };
}

export function readBudget(): Promise<Budget> {
  return readJson<Budget>(BUDGET);
}

/** Makes a budget of the size as it is; answers what was written. */
export async function writeBudget(): Promise<string> {
  const budget = budgetFor(await presentSize());
  await saveJson(BUDGET, budget);
  return `${BUDGET}: ${budget.total} bytes`;
}

/** The next full step above each part, the largest first, and above all of it. */
export function budgetFor({ total, parts }: Budget): Budget {
  const rounded = (bytes: number) => (Math.floor(bytes / STEP) + 1) * STEP;
  const sorted = Object.entries(parts)
    .filter(([, bytes]) => bytes > 0)
    .sort(([a, most], [b, more]) => more - most || a.localeCompare(b));
  return { total: rounded(total), parts: Object.fromEntries(sorted.map(([part, bytes]) => [part, rounded(bytes)])) };
}

/** What is larger than it may be, one line each; empty where nothing is. */
export function overruns(size: Budget, budget: Budget): string[] {
  const entries = [...Object.entries(size.parts), ["all of it", size.total] as const];
  return entries.flatMap(([part, bytes]) => {
    const allowed = part === "all of it" ? budget.total : (budget.parts[part] ?? 0);
    return bytes <= allowed ? [] : [`${part}: ${bytes} bytes, ${bytes - allowed} more than its ${allowed}`];
  });
}

/** A file of this project by its path, anything else by its package. */
export function partOf(file: string): string {
  const [, name] = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
  return name ?? file;
}
