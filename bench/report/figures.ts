import { met, type Outcome, type Unit } from "../measure/result";

/** A number with three digits that count. */
export function figure(value: number): string {
  if (value === 0) return "0";
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(digits, 3));
}

export function withUnit(value: number, unit: Unit): string {
  return `${figure(value)} ${unit}`;
}

/** A goal's number: a ratio is bare, anything else has its unit. */
export function reached({ reached: it, baseline, unit }: Outcome): string {
  if (!it) return "not measured";
  const [low, high] = it.quartiles;
  const spread = low === high ? "" : ` (${figure(low)} to ${figure(high)})`;
  return `${figure(it.median)}${baseline ? "" : ` ${unit}`}${spread}`;
}

export function goal({ atMost, baseline, unit }: Outcome): string {
  return atMost === undefined ? "–" : `≤ ${atMost}${baseline ? "" : ` ${unit}`}`;
}

export function verdict(outcome: Outcome): string {
  const answer = met(outcome);
  if (answer === undefined) return "–";
  return answer ? "met" : "not met";
}
