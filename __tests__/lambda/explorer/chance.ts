/** Decisions made by chance, all from one generator. */
export class Chance {
  constructor(readonly random: () => number) {}

  /** Whether something of this probability happens. */
  of(probability: number): boolean {
    return this.random() < probability;
  }

  between(from: number, to: number): number {
    return from + this.random() * (to - from);
  }

  pick<T>(items: readonly T[]): T {
    return items[Math.floor(this.random() * items.length)] as T;
  }
}
