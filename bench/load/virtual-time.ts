interface Timer {
  readonly at: number;
  readonly order: number;
  readonly ring: () => void;
}

/**
 * Runs `work` in virtual time: replaces `Date.now` and `setTimeout`, and advances the time from one timer to the next without
 * waiting. Replaces `Math.random` by a seeded generator, so that runs are reproducible.
 */
export async function inVirtualTime<T>(seed: number, work: (until: (ms: number) => Promise<void>) => Promise<T>) {
  const real = { now: Date.now, setTimeout: globalThis.setTimeout, random: Math.random };
  const timers: Timer[] = [];
  let now = 0;
  let order = 0;
  Date.now = () => now;
  Math.random = generator(seed);
  globalThis.setTimeout = ((ring: () => void, ms = 0) => {
    timers.push({ at: now + ms, order: order++, ring });
    timers.sort((a, b) => a.at - b.at || a.order - b.order);
  }) as unknown as typeof setTimeout;
  const until = (ms: number) => new Promise<void>((resolve) => globalThis.setTimeout(resolve, ms - now));
  try {
    let finished = false;
    const result = work(until).finally(() => {
      finished = true;
    });
    // The rejection is handled by the await below.
    result.catch(() => {});
    // setImmediate runs after all pending promise callbacks.
    while (!finished) {
      const next = timers.shift();
      if (next) {
        now = next.at;
        next.ring();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    return await result;
  } finally {
    Date.now = real.now;
    Math.random = real.random;
    globalThis.setTimeout = real.setTimeout;
  }
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
