import { Presets, SingleBar } from "cli-progress";

/** A progress bar on standard error with the time that is left; a line now and then where there is no terminal. */
export function progressBar(what: string, total: number): { update(done: number): void; stop(): void } {
  const bar = new SingleBar(
    {
      format: `{bar} {percentage} % | {value} of about {total} ${what} | {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
      noTTYOutput: true,
      notTTYSchedule: 5000,
      etaBuffer: 100,
    },
    Presets.shades_grey,
  );
  bar.start(Math.max(total, 1), 0);
  return {
    update(done) {
      // The total is an estimate: it may turn out to be too small.
      if (done > bar.getTotal()) bar.setTotal(done);
      bar.update(done);
    },
    stop() {
      bar.setTotal(Math.max((bar as unknown as { value: number }).value, 1));
      bar.stop();
    },
  };
}
