/** A token bucket: it fills at `perSecond` calls a second and holds one second's calls. */
export class Quota {
  private tokens: number;
  private filled: number | undefined;

  constructor(private readonly perSecond: number) {
    this.tokens = perSecond;
  }

  /** Takes a token at the time `now`, in milliseconds. Returns whether there was one. */
  take(now: number): boolean {
    this.tokens = Math.min(this.perSecond, this.tokens + ((now - (this.filled ?? now)) / 1000) * this.perSecond);
    this.filled = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
