import { Pace } from "../pace";
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
  private readonly pace: Pace;

  /** `perSecond` is at least 1. */
  constructor(private readonly perSecond: number) {
    this.pace = new Pace(perSecond);
  }

  async make<T>(call: () => Promise<T>): Promise<T> {
    const { pace, perSecond } = this;
    const inTurn = async () => {
      await pace.turn();
      return await call();
    };
    const onThrottled = () => {
      pace.perSecond = Math.max(pace.perSecond * SLOWER, perSecond * SLOWEST);
    };
    const answer = await patiently(inTurn, { onThrottled });
    pace.perSecond = Math.min(pace.perSecond + perSecond * FASTER, perSecond);
    return answer;
  }
}
