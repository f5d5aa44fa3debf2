/** Milliseconds that this machine's clock may be off without a correction: Date headers have whole seconds. */
const TOLERANCE = 5000;

/**
 * The time that AWS's servers have. Reservations are compared with those that other machines wrote, so a machine whose
 * clock is wrong must notice: every answer says in its Date header what time it is.
 */
export class ServerClock {
  /** Milliseconds that the servers are ahead of this machine, where that is more than the tolerance. */
  offset = 0;

  /** `machine` is this machine's own clock: milliseconds since 1970. */
  constructor(private readonly machine: () => number = () => Date.now()) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.machine() + this.offset;
  }

  /** Compares an answer's Date header with this machine's clock. */
  observe(date: string | undefined): void {
    const difference = Date.parse(date ?? "") - this.machine();
    if (!Number.isNaN(difference)) this.offset = Math.abs(difference) > TOLERANCE ? difference : 0;
  }
}
