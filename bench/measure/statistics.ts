/** The middle of some numbers, and how far they spread. */
export interface Summary {
  readonly median: number;
  readonly min: number;
  readonly max: number;
  /** A quarter of the numbers is lower, a quarter is higher. */
  readonly quartiles: readonly [number, number];
}

/** Throws for no numbers at all. */
export function summary(numbers: readonly number[]): Summary {
  return {
    median: quantile(numbers, 0.5),
    min: quantile(numbers, 0),
    max: quantile(numbers, 1),
    quartiles: [quantile(numbers, 0.25), quantile(numbers, 0.75)],
  };
}

/** The number that a share of all is not above; between two, in proportion ("type 7" of Hyndman and Fan, as in R). */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(position)], sorted[Math.ceil(position)]];
  if (below === undefined || above === undefined) throw new Error("There is no quantile of nothing.");
  return below + (above - below) * (position - Math.floor(position));
}

/**
 * Ratios of what was measured in the same round. Their median is what a benchmark claims: a machine that is busy for a
 * while slows both sides of a pair, and a ratio of two medians would mix rounds of different times.
 */
export function pairedRatios(of: readonly number[], to: readonly number[]): number[] {
  if (of.length !== to.length) throw new Error(`${of.length} and ${to.length} measurements make no pairs.`);
  return of.map((value, round) => value / (to[round] as number));
}
