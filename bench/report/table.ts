import Table from "cli-table3";
import type { Result } from "../measure/result";
import { summary } from "../measure/statistics";
import { goal, reached, verdict, withUnit } from "./figures";

/** A benchmark's figures for a terminal. */
export function table({ title, rounds, series, outcomes, skipped }: Result): string {
  const figures = plain([`${title}, ${rounds} ${rounds === 1 ? "round" : "rounds"}`, "median", "min", "max"]);
  for (const { subject, unit, samples } of series) {
    const { median, min, max } = summary(samples);
    figures.push([subject, ...[median, min, max].map((value) => withUnit(value, unit))]);
  }
  const goals = plain(["Ratio (quartiles)", "of", "reached", "goal", ""]);
  for (const outcome of outcomes) {
    goals.push([outcome.what, outcome.subject, reached(outcome), goal(outcome), verdict(outcome)]);
  }
  const notes = skipped.map(({ subject, why }) => `Skipped: ${subject}: ${why}`);
  return [figures.toString(), goals.toString(), ...notes].join("\n");
}

/** A table of single lines. */
export function plain(head: readonly string[]) {
  const chars = { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" };
  return new Table({ head: [...head], chars, style: { head: [], border: [] } });
}
