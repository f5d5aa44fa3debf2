import { pairedRatios, type Summary, summary } from "./statistics";

/** ms and s are times, MB and kB sizes in powers of 1000; MB of memory are what the process had at most. */
export type Unit = "ms" | "s" | "MB" | "kB";

/** One number for each unit that a measurement is about. */
export type Measured = Partial<Record<Unit, number>>;

/** What was measured of one subject, round by round. */
export interface Series {
  readonly subject: string;
  readonly unit: Unit;
  readonly samples: readonly number[];
}

/** What a benchmark is to reach: a ratio of two subjects, or, without a baseline, a number. */
export interface Goal {
  /** What is claimed, in a few words. */
  readonly what: string;
  readonly subject: string;
  readonly baseline?: string;
  readonly unit: Unit;
  /** Shown for comparison only where it is left out. */
  readonly atMost?: number;
}

/** A goal, and what came of it; nothing where one side was skipped. */
export interface Outcome extends Goal {
  readonly reached?: Pick<Summary, "median" | "quartiles">;
}

/** A subject that could not be measured here. */
export interface Skipped {
  readonly subject: string;
  readonly why: string;
}

/** What a benchmark found, as it is kept in bench/results. */
export interface Result {
  readonly benchmark: string;
  readonly title: string;
  /** What exactly is measured, in a few sentences. */
  readonly how: string;
  /** ISO 8601, UTC. */
  readonly date: string;
  readonly machine: Readonly<Record<string, string>>;
  /** Processes that wanted a core in the minute before, on average: above 0.5 or so, somebody else was at work. */
  readonly load: number;
  /** Versions of what was measured. */
  readonly versions: Readonly<Record<string, string>>;
  readonly rounds: number;
  readonly series: readonly Series[];
  readonly outcomes: readonly Outcome[];
  readonly skipped: readonly Skipped[];
}

/** What the goals came to. */
export function outcomes(goals: readonly Goal[], series: readonly Series[]): Outcome[] {
  return goals.map((goal) => {
    const samplesOf = (subject: string | undefined) =>
      series.find((one) => one.subject === subject && one.unit === goal.unit)?.samples;
    const [of, to] = [samplesOf(goal.subject), samplesOf(goal.baseline)];
    if (!of || (goal.baseline !== undefined && !to)) return goal;
    const { median, quartiles } = summary(to ? pairedRatios(of, to) : of);
    return { ...goal, reached: { median, quartiles } };
  });
}

/** Whether a goal was met; undefined where it was not measured, or is none. */
export function met({ reached, atMost }: Outcome): boolean | undefined {
  return reached === undefined || atMost === undefined ? undefined : reached.median <= atMost;
}
