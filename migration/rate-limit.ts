/** Limits calls to a rate per second and spreads them evenly, because AWS counts quotas per second. */
export class RateLimiter {
  private next = 0;

  /** `perSecond` must be above 0. It may be changed at any time. */
  constructor(public perSecond: number) {}

  /** Resolves when the caller may make its call. */
  async acquire(): Promise<void> {
    const now = Date.now();
    const slot = Math.max(now, this.next);
    this.next = slot + 1000 / this.perSecond;
    if (slot > now) await new Promise((resolve) => setTimeout(resolve, slot - now));
  }

  /** Charges units beyond the one that {@link acquire} charged. Later calls wait longer. */
  charge(units: number): void {
    this.next = Math.max(Date.now(), this.next) + (1000 * Math.max(0, units)) / this.perSecond;
  }
}
