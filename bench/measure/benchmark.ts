import type { Goal, Measured, Skipped } from "./result";

/** Something that is measured once in every round. */
export interface Subject {
  readonly name: string;
  measure(round: number): Promise<Measured>;
}

/** What a benchmark measures, once everything that it needs is there. */
export interface Prepared {
  readonly subjects: readonly Subject[];
  readonly skipped?: readonly Skipped[];
  readonly versions?: Readonly<Record<string, string>>;
  close?(): Promise<void>;
}

export interface Benchmark {
  readonly title: string;
  readonly how: string;
  /** Rounds, where nobody says otherwise. */
  readonly rounds: number;
  readonly goals: readonly Goal[];
  prepare(note: (text: string) => void): Promise<Prepared>;
}
