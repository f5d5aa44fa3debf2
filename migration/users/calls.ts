import { patiently } from "../patience";

/** What a call that was refused takes off the rate, and what one that was answered gives back of the full rate. */
const SLOWER = 0.9;
const FASTER = 0.02;
/** The rate never falls below this part of the full one. */
const SLOWEST = 0.05;

/**
 * Calls to AWS at a rate, evenly spread. The rate gives way while AWS refuses calls for going too fast (others may be using
 * the same quota), and comes back. A refused call is made again until it gets through.
 */
export class Calls {
  private next = 0;
  private rate: number;

  /** `perSecond` is at least 1. */
  constructor(private readonly perSecond: number) {
    this.rate = perSecond;
  }

  async make<T>(call: () => Promise<T>): Promise<T> {
    const answer = await patiently(
      async () => {
        await this.turn();
        return await call();
      },
      {
        onThrottled: () => {
          this.rate = Math.max(this.rate * SLOWER, this.perSecond * SLOWEST);
        },
      },
    );
    this.rate = Math.min(this.rate + this.perSecond * FASTER, this.perSecond);
    return answer;
  }

  private async turn(): Promise<void> {
    const now = Date.now();
    const mine = Math.max(now, this.next);
    this.next = mine + 1000 / this.rate;
    if (mine > now) await new Promise((resolve) => setTimeout(resolve, mine - now));
  }
}
