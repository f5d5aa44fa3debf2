/** A rate that may not be exceeded: a bucket that fills at so many calls a second and holds one second's worth. */
export class Quota {
  private tokens: number;
  private filled: number | undefined;

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond;
  }

  /** Takes a call if there is one left at this time, in milliseconds; answers whether there was. */
  take(now: number): boolean {
    this.tokens = Math.min(this.perSecond, this.tokens + ((now - (this.filled ?? now)) / 1000) * this.perSecond);
    this.filled = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
