/** Lets so many calls through in a second, evenly spread: quotas are counted per second. */
export class Pace {
  private next = 0;

  /** `perSecond` may be changed at any time, and is above 0. */
  constructor(public perSecond: number) {}

  /** Resolves when it is the caller's turn. */
  async turn(): Promise<void> {
    const now = Date.now();
    const mine = Math.max(now, this.next);
    this.next = mine + 1000 / this.perSecond;
    if (mine > now) await new Promise((resolve) => setTimeout(resolve, mine - now));
  }

  /** A call turned out to count for so many more: the next turns come later. */
  spend(more: number): void {
    this.next = Math.max(Date.now(), this.next) + (1000 * Math.max(0, more)) / this.perSecond;
  }
}
