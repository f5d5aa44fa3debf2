import { median, quantile } from "simple-statistics";

/** A subject is measured once in every round. */
export interface Subject {
  readonly name: string;
  measure(round: number): Promise<number>;
}

/** A claim: the subject takes at most `atMost` times what the baseline takes. */
export interface Goal {
  readonly subject: string;
  readonly baseline: string;
  readonly atMost: number;
}

/** The prepared subjects of a part. */
export interface Prepared {
  readonly subjects: readonly Subject[];
  /** Why a subject is missing. */
  readonly skipped?: readonly string[];
  close?(): Promise<void>;
}

/** A measured property. */
export interface Part {
  readonly title: string;
  readonly unit: string;
  /** Default number of rounds. */
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
 * Measures every subject once in every round, in alternating order, so that none is always first. The first round is a warm-up
 * and does not count. If there is only one round, a size is measured, and the round counts.
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
 * The outcome of a goal; undefined if one side was not measured. The ratio is the median of the ratios of each round: a busy
 * machine slows both sides of a round, and a ratio of two medians would mix rounds.
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
