import { simulate, WAYS } from "./simulation";

/** Sign-ups a second. */
const OFFERED = [5, 10, 14, 20, 30, 40];
/** Virtual seconds of every simulation. */
const SECONDS = 60;

export const HEAD = [
  "way",
  "offered/s",
  "admitted/s",
  "failed closed/s",
  "wait, median",
  "wait, 95 %",
  "ListUsers each",
];

/** The results for increasing rates of sign-ups: the same on every run and machine. */
export async function* loadRows(): AsyncGenerator<string[]> {
  for (const way of WAYS) {
    for (const offered of OFFERED) {
      const { admitted, failedClosed, waiting, calls } = await simulate(way, offered, SECONDS);
      const waits = waiting.map((wait) => `${short(wait)} ms`);
      yield [way, String(offered), short(admitted), short(failedClosed), ...waits, short(calls)];
    }
  }
}

function short(value: number): string {
  return String(Number(value.toPrecision(3)));
}
