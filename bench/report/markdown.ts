import type { Result, Series, Skipped, Unit } from "../measure/result";
import { summary } from "../measure/statistics";
import { goal, reached, verdict, withUnit } from "./figures";

const MEASURES: Readonly<Record<Unit, string>> = { ms: "time", s: "time", kB: "space", MB: "space" };

/** Every goal of every benchmark, and what came of it. */
export function summaryTable(results: readonly Result[]): string {
  const rows = results.flatMap(({ title, outcomes }) =>
    outcomes
      .filter(({ atMost }) => atMost !== undefined)
      .map((outcome) =>
        row([
          title,
          MEASURES[outcome.unit],
          outcome.subject,
          outcome.baseline ?? "–",
          reached(outcome),
          goal(outcome),
          verdict(outcome) === "not met" ? "**not met**" : verdict(outcome),
        ]),
      ),
  );
  return [
    row(["", "", "what", "against", "reached (quartiles)", "goal", ""]),
    "|---|---|---|---|---|---|---|",
    ...rows,
  ].join("\n");
}

/** One benchmark: what was measured, its plot, its figures, and its ratios that are no goals. */
export function section(result: Result, plot: string): string {
  const { title, how, rounds, series, outcomes, skipped, versions } = result;
  const others = outcomes.filter(({ atMost, reached: it }) => atMost === undefined && it);
  const measured = [...Object.entries(versions).map(([name, version]) => `${name} ${version}`), day(result)];
  const parts = [
    how,
    `![${title}](${plot})`,
    figures(series),
    others.map((one) => `- ${one.subject}, ${one.what}: ${reached(one)}`).join("\n"),
    skipped.map(({ subject, why }: Skipped) => `- Skipped: ${subject}: ${why}.`).join("\n"),
    `${rounds} ${rounds === 1 ? "round" : "rounds"}; ${[...measured, `load average before ${result.load}`].join(", ")}.`,
  ];
  return parts.filter(Boolean).join("\n\n");
}

/** Where the figures are from; one line for each machine. */
export function machines(results: readonly Result[]): string {
  const lines = results.map(({ machine }) =>
    Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join("; "),
  );
  return [...new Set(lines)].map((line) => `- ${line}`).join("\n");
}

/** Puts texts between the markers `<!-- bench:name -->` and `<!-- /bench -->` of a page. Throws where one has no marker. */
export function fill(page: string, texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts).reduce((filled, [name, text]) => {
    const marked = new RegExp(`(<!-- bench:${name} -->)[\\s\\S]*?(<!-- /bench -->)`);
    if (!marked.test(filled)) throw new Error(`The page has no place for ${name}.`);
    return filled.replace(marked, (_, before: string, after: string) => `${before}\n\n${text}\n\n${after}`);
  }, page);
}

function figures(series: readonly Series[]): string {
  const cells = ({ subject, unit, samples }: Series) => {
    const { median, min, max } = summary(samples);
    return [subject, ...[median, min, max].map((value) => withUnit(value, unit))];
  };
  const head = ["", "median", "min", "max"];
  const [single] = series;
  // One round has no spread to show.
  if (single?.samples.length === 1) {
    return [row(["", "size"]), "|---|---:|", ...series.map((one) => row(cells(one).slice(0, 2)))].join("\n");
  }
  return [row(head), "|---|---:|---:|---:|", ...series.map((one) => row(cells(one)))].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function day({ date }: Result): string {
  return date.slice(0, 10);
}
