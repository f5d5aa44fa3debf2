/** What came of one promise: kept, broken, or not to be seen in this run. */
export interface Result {
  readonly promise: string;
  readonly state: "held" | "broken" | "not seen";
  /** What AWS answered, without personal data but the proof's own names. */
  readonly answer: string;
}

export const held = (promise: string, answer: string): Result => ({ promise, state: "held", answer });
export const broken = (promise: string, answer: string): Result => ({ promise, state: "broken", answer });
export const notSeen = (promise: string, answer: string): Result => ({ promise, state: "not seen", answer });

/** Held where it is so, otherwise broken. */
export function heldIf(isSo: boolean, promise: string, answer: string): Result {
  return isSo ? held(promise, answer) : broken(promise, answer);
}
