import { readJson, saveJson } from "../measure/results";
import { type Load, simulate, WAYS } from "./simulation";

const FILE = "bench/results/load.json";
/** Sign-ups a second. */
const OFFERED = [2, 5, 8, 10, 12, 14, 16, 18, 20, 23, 26, 28, 30, 32, 35, 40, 45, 50];
/** Virtual seconds of every simulation. */
const SECONDS = 60;

/** What was simulated: the same every time, on any machine. */
export interface LoadResult {
  readonly seconds: number;
  readonly loads: readonly Load[];
}

export async function simulateLoad(note: (text: string) => void): Promise<LoadResult> {
  const loads: Load[] = [];
  for (const way of WAYS) {
    note(`Simulating ${SECONDS} seconds at each of ${OFFERED.length} rates: ${way} …`);
    for (const offered of OFFERED) loads.push(rounded(await simulate(way, offered, SECONDS)));
  }
  const result = { seconds: SECONDS, loads };
  await saveJson(FILE, result);
  return result;
}

export function readLoad(): Promise<LoadResult> {
  return readJson<LoadResult>(FILE);
}

function rounded({ waiting, ...load }: Load): Load {
  const short = (value: number) => Number(value.toPrecision(3));
  return {
    ...load,
    admitted: short(load.admitted),
    failedClosed: short(load.failedClosed),
    waiting: { median: short(waiting.median), p95: short(waiting.p95) },
    calls: short(load.calls),
  };
}
