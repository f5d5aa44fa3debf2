import type { Result, Series } from "../measure/result";
import { summary } from "../measure/statistics";
import { withUnit } from "./figures";
import { barChart, lineChart } from "./svg";

/** A benchmark's figures as a picture: bars, or a line where they are of something that grows. */
export function plot(result: Result): string {
  return result.benchmark === "grow" ? growth(result) : bars(result);
}

function bars({ title, series, outcomes, rounds }: Result): string {
  const ours = new Set(outcomes.map(({ subject }) => subject));
  return barChart({
    title,
    axis: rounds === 1 ? (series[0]?.unit ?? "") : `${series[0]?.unit ?? ""}: median and quartiles`,
    bars: series.map(({ subject, unit, samples }) => {
      const { median, quartiles } = summary(samples);
      return {
        label: subject,
        value: median,
        ...(samples.length > 1 && { spread: quartiles }),
        text: withUnit(median, unit),
        kind: ours.has(subject) ? ("ours" as const) : ("baseline" as const),
      };
    }),
  });
}

/** Time for one environment and for many, and what it would be if every one took as long as the first. */
function growth({ title, series }: Result): string {
  const points = series
    .filter(({ unit }) => unit === "s")
    .map(({ subject, samples }: Series) => [Number.parseInt(subject, 10), summary(samples).median] as const);
  const [first = [1, 0], last = [1, 0]] = [points[0], points.at(-1)];
  const slope = (last[1] - first[1]) / (last[0] - first[0] || 1);
  const straight = points.map(([count]) => [count, first[1] + slope * (count - first[0])] as const);
  return lineChart({
    title,
    x: "environments in one app",
    y: "seconds, median",
    lines: [
      { label: "measured", points },
      { label: "a straight line from the first to the last", points: straight, dashed: true },
    ],
  });
}
