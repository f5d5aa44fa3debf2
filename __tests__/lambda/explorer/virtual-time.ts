interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/** Times and chances of one run. */
export interface Virtual {
  /** Milliseconds since 1970, by the servers' clock. */
  now(): number;
  /** From 0 to 1. */
  random(): number;
  sleep(milliseconds: number): Promise<void>;
}

/**
 * Lets everything in this process run in virtual time, until `work` is done: `Date.now` and `setTimeout` are replaced, time
 * goes from one timer to the next at once, and chance is a generator with a seed. The same seed gives the same run.
 */
export async function inVirtualTime<T>(
  seed: number,
  start: number,
  work: (virtual: Virtual) => Promise<T>,
): Promise<T> {
  const real = { now: Date.now, setTimeout: globalThis.setTimeout, random: Math.random };
  const { stackTraceLimit } = Error;
  // Most errors here are part of the game.
  Error.stackTraceLimit = 0;
  const timers: Timer[] = [];
  let now = start;
  let order = 0;
  Date.now = () => Math.floor(now);
  Math.random = generator(seed);
  globalThis.setTimeout = ((ring: () => void, milliseconds = 0) => {
    insert(timers, { at: now + Math.max(0, milliseconds), order: order++, ring });
  }) as unknown as typeof setTimeout;
  const virtual: Virtual = {
    now: () => Math.floor(now),
    random: Math.random,
    sleep: (milliseconds) => new Promise((resolve) => globalThis.setTimeout(resolve, milliseconds)),
  };
  try {
    let finished = false;
    let idle = 0;
    const result = work(virtual).finally(() => {
      finished = true;
    });
    result.catch(() => {});
    for (;;) {
      // Comes after everything that promises have still to do.
      await new Promise((resolve) => setImmediate(resolve));
      if (finished) return await result;
      const next = timers.pop();
      // What waits for setImmediate itself may need some turns.
      if (!next && ++idle < 100) continue;
      if (!next) throw new Error("Nothing is left to wait for.");
      idle = 0;
      now = next.at;
      next.ring();
    }
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Date.now = real.now;
    Math.random = real.random;
    globalThis.setTimeout = real.setTimeout;
  }
}

/** Keeps timers in order, the next one to ring last. */
function insert(timers: Timer[], timer: Timer): void {
  let [low, high] = [0, timers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = timers[middle] as Timer;
    if (other.at > timer.at || (other.at === timer.at && other.order > timer.order)) low = middle + 1;
    else high = middle;
  }
  timers.splice(low, 0, timer);
}

/** Numbers from 0 to 1 that look random: mulberry32, by Tommy Ettinger, in the public domain. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
