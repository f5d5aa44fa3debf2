/**
 * Limits calls to a rate per second and spreads them evenly, because AWS counts quotas per second. By the time since the process started: a clock
 * that is set back would make it wait.
 */
export class RateLimiter {
  private next = 0;

  /** `perSecond` must be above 0. It may be changed at any time. */
  constructor(public perSecond: number) {}

  /** Resolves when the caller may make its call. */
  async acquire(): Promise<void> {
    const now = performance.now();
    const slot = Math.max(now, this.next);
    this.next = slot + 1000 / this.perSecond;
    if (slot > now) await new Promise((resolve) => setTimeout(resolve, slot - now));
  }

  /** Charges units beyond the one that {@link acquire} charged. Later calls wait longer. */
  charge(units: number): void {
    this.next = Math.max(performance.now(), this.next) + (1000 * Math.max(0, units)) / this.perSecond;
  }
}
