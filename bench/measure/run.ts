import type { Benchmark, Subject } from "./benchmark";
import { load, machine } from "./machine";
import { outcomes, type Result, type Series, type Unit } from "./result";

export interface RunOptions {
  readonly name: string;
  readonly rounds: number;
  readonly note: (text: string) => void;
  /** Called after every measurement. */
  readonly onProgress: (done: number, total: number) => void;
}

/** Runs a benchmark: what can be prepared first, then one round that does not count, then the rounds. */
export async function run(benchmark: Benchmark, { name, rounds, note, onProgress }: RunOptions): Promise<Result> {
  const before = load();
  const { subjects, skipped = [], versions = {}, close } = await benchmark.prepare(note);
  try {
    const series = await interleaved(subjects, rounds, onProgress);
    return {
      benchmark: name,
      title: benchmark.title,
      how: benchmark.how,
      date: new Date().toISOString(),
      machine: machine(),
      load: before,
      versions,
      rounds,
      series,
      outcomes: outcomes(benchmark.goals, series),
      skipped,
    };
  } finally {
    await close?.();
  }
}

/**
 * Measures every subject once in every round, in turns forwards and backwards, so that nobody is always first. The first
 * round fills caches and does not count; where there is only one, what is measured is no time.
 */
export async function interleaved(
  subjects: readonly Subject[],
  rounds: number,
  onProgress: RunOptions["onProgress"],
): Promise<Series[]> {
  const warmUps = rounds > 1 ? 1 : 0;
  const samples = new Map<string, { subject: string; unit: Unit; samples: number[] }>();
  const total = (rounds + warmUps) * subjects.length;
  let done = 0;
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const subject of round % 2 ? [...subjects].reverse() : subjects) {
      const measured = Object.entries(await subject.measure(round)) as Array<[Unit, number]>;
      onProgress(++done, total);
      if (round < warmUps) continue;
      for (const [unit, value] of measured) {
        const key = JSON.stringify([subject.name, unit]);
        const one = samples.get(key) ?? { subject: subject.name, unit, samples: [] };
        one.samples.push(Number(value.toPrecision(6)));
        samples.set(key, one);
      }
    }
  }
  const order = subjects.map(({ name }) => name);
  return [...samples.values()].sort((a, b) => order.indexOf(a.subject) - order.indexOf(b.subject));
}
