import { RateLimiter } from "../rate-limit";
import { retryThrottled } from "../retry";

/** A throttled call multiplies the rate by DECREASE; a successful call adds INCREASE of the full rate. */
const DECREASE = 0.9;
const INCREASE = 0.02;
/** The rate never falls below this fraction of the full rate. */
const MIN_FRACTION = 0.05;

/**
 * Calls to AWS within a rate limit, with retries. Throttled calls lower the rate (others may use the same quota); successful
 * calls raise it again up to the full rate.
 */
export class Calls {
  private readonly limiter: RateLimiter;

  /** `perSecond` is at least 1. */
  constructor(private readonly perSecond: number) {
    this.limiter = new RateLimiter(perSecond);
  }

  async make<T>(call: () => Promise<T>): Promise<T> {
    const { limiter, perSecond } = this;
    const limited = async () => {
      await limiter.acquire();
      return await call();
    };
    const onThrottled = () => {
      limiter.perSecond = Math.max(limiter.perSecond * DECREASE, perSecond * MIN_FRACTION);
    };
    const answer = await retryThrottled(limited, { onThrottled });
    limiter.perSecond = Math.min(limiter.perSecond + perSecond * INCREASE, perSecond);
    return answer;
  }
}
