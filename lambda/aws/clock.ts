/** Milliseconds of difference that are not corrected: Date headers have whole seconds. */
const TOLERANCE = 5000;

/**
 * The time of AWS's servers. Reservations are compared with those of other machines, so a wrong clock must be detected: the
 * Date header of every response has the server's time.
 */
export class ServerClock {
  /** Milliseconds that the servers are ahead of this machine; 0 within the tolerance. */
  offset = 0;

  /** `machine` is this machine's own clock: milliseconds since 1970. */
  constructor(private readonly machine: () => number = () => Date.now()) {}

  /** Milliseconds since 1970. */
  now(): number {
    return this.machine() + this.offset;
  }

  /** Compares a response's Date header with this machine's clock. */
  observe(date: string | undefined): void {
    const difference = Date.parse(date ?? "") - this.machine();
    if (!Number.isNaN(difference)) this.offset = Math.abs(difference) > TOLERANCE ? difference : 0;
  }
}
