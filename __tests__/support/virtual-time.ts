/**
 * Calls something that waits, and lets so many milliseconds pass at once: what only then is over does not depend on how
 * busy the machine is. `Date.now` and `setTimeout` are jest's meanwhile; what Node.js itself does takes real time.
 */
export async function inVirtualTime<T>(work: () => Promise<T>, milliseconds: number): Promise<T> {
  jest.useFakeTimers({ doNotFake: ["nextTick", "queueMicrotask", "setImmediate"] });
  try {
    const result = work();
    await jest.advanceTimersByTimeAsync(milliseconds);
    return await result;
  } finally {
    jest.useRealTimers();
  }
}
