import { median, quantile } from "simple-statistics";

/** Something that is measured once in every round. */
export interface Subject {
  readonly name: string;
  measure(round: number): Promise<number>;
}

/** A claim: one subject takes no more than so much of what another takes. */
export interface Goal {
  readonly subject: string;
  readonly baseline: string;
  readonly atMost: number;
}

/** What a part measures, once everything that it needs is there. */
export interface Prepared {
  readonly subjects: readonly Subject[];
  /** Why a subject is missing. */
  readonly skipped?: readonly string[];
  close?(): Promise<void>;
}

/** One thing that users ask about. */
export interface Part {
  readonly title: string;
  readonly unit: string;
  /** Rounds, where the caller does not say otherwise. */
  readonly rounds: number;
  readonly goals: readonly Goal[];
  prepare(note: (text: string) => void): Promise<Prepared>;
}

export interface Outcome extends Goal {
  readonly medians: readonly [subject: number, baseline: number];
  /** Median and quartiles of the rounds' own ratios. */
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
}

/**
 * Measures every subject once in every round, in turns forwards and backwards, so that none is always first. The first
 * round fills caches and does not count, unless it is the only one, and what is measured is a size.
 */
export async function measureInTurns(
  subjects: readonly Subject[],
  rounds: number,
  onProgress: (done: number, total: number) => void,
): Promise<Map<string, number[]>> {
  const warmUps = rounds > 1 ? 1 : 0;
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]));
  let done = 0;
  for (let round = 0; round < rounds + warmUps; round++) {
    for (const subject of round % 2 ? [...subjects].reverse() : subjects) {
      const measured = await subject.measure(round);
      onProgress(++done, (rounds + warmUps) * subjects.length);
      if (round >= warmUps) samples.get(subject.name)?.push(measured);
    }
  }
  return samples;
}

/**
 * What a goal came to, or undefined where one side was not measured. The ratio is the median of the rounds' own ratios: a
 * machine that is busy for a while slows both sides of a round, and a ratio of two medians would mix rounds.
 */
export function outcomeOf(goal: Goal, samples: ReadonlyMap<string, readonly number[]>): Outcome | undefined {
  const [of, to] = [samples.get(goal.subject), samples.get(goal.baseline)];
  if (!of || !to) return undefined;
  const ratios = of.map((value, round) => value / (to[round] ?? Number.NaN));
  return {
    ...goal,
    medians: [median([...of]), median([...to])],
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
  };
}
