import type { Result } from "../../bench/measure/result";
import { figure } from "../../bench/report/figures";
import { fill, machines, section, summaryTable } from "../../bench/report/markdown";
import { plot } from "../../bench/report/plots";
import { ticks } from "../../bench/report/svg";
import { table } from "../../bench/report/table";

const goal = { what: "against theirs", subject: "ours", baseline: "theirs <b>", unit: "ms" } as const;
const result: Result = {
  benchmark: "cold",
  title: "Cold start",
  how: "From start to answer.",
  date: "2026-01-02T03:04:05.000Z",
  machine: { CPU: "Fast", cores: "2" },
  load: 0.1,
  versions: { boto3: "1.2.3" },
  rounds: 3,
  series: [
    { subject: "theirs <b>", unit: "ms", samples: [400, 420, 380] },
    { subject: "ours", unit: "ms", samples: [100, 105, 95] },
  ],
  outcomes: [
    { ...goal, atMost: 0.27, reached: { median: 0.25, quartiles: [0.249, 0.251] } },
    { ...goal, atMost: 0.2, reached: { median: 0.25, quartiles: [0.249, 0.251] } },
    { ...goal, atMost: 0.2 },
    { ...goal, baseline: "a third", reached: { median: 0.5, quartiles: [0.5, 0.5] } },
  ],
  skipped: [{ subject: "a third", why: "it needs Python" }],
};

it.each([
  [1234.5, "1235"],
  [99.96, "100.0"],
  [12.345, "12.3"],
  [1.2345, "1.23"],
  [0.12345, "0.123"],
  [0.0012345, "0.001"],
  [0, "0"],
])("%d is written as %s", (value, text) => {
  expect(figure(value)).toBe(text);
});

it("a page says of every goal whether it was met, missed or not measured", () => {
  expect(summaryTable([result]).split("\n").slice(2)).toEqual([
    "| Cold start | time | ours | theirs <b> | 0.250 (0.249 to 0.251) | ≤ 0.27 | met |",
    "| Cold start | time | ours | theirs <b> | 0.250 (0.249 to 0.251) | ≤ 0.2 | **not met** |",
    "| Cold start | time | ours | theirs <b> | not measured | ≤ 0.2 | – |",
  ]);
});

it("a goal without a baseline has a unit", () => {
  const start = { what: "", subject: "npm start", unit: "s", atMost: 10 } as const;
  const outcomes = [{ ...start, reached: { median: 4, quartiles: [4, 4] } }] as const;
  expect(summaryTable([{ ...result, outcomes }])).toContain("| 4.00 s | ≤ 10 s | met |");
});

it("a section names what was skipped and why, and the ratios that are no goals", () => {
  const text = section(result, "cold.svg");
  expect(text).toContain("![Cold start](cold.svg)");
  expect(text).toContain("| ours | 100 ms | 95.0 ms | 105 ms |");
  expect(text).toContain("- Skipped: a third: it needs Python.");
  expect(text).toContain("- ours, against theirs: 0.500");
  expect(text).toContain("3 rounds; boto3 1.2.3, 2026-01-02, load average before 0.1.");
});

it("the same machine is described once", () => {
  expect(machines([result, result])).toBe("- CPU Fast; cores 2");
  expect(machines([result, { ...result, machine: { CPU: "Slow" } }]).split("\n")).toHaveLength(2);
});

it("fills a page between its markers, again and again, and leaves the rest alone", () => {
  const page = "before\n<!-- bench:goals -->\nold $& text\n<!-- /bench -->\nafter\n";
  const filled = fill(page, { goals: "costs $1" });
  expect(filled).toBe("before\n<!-- bench:goals -->\n\ncosts $1\n\n<!-- /bench -->\nafter\n");
  expect(fill(filled, { goals: "costs $1" })).toBe(filled);
  const empty = "<!-- bench:a -->\n<!-- /bench -->\n<!-- bench:b -->\n<!-- /bench -->\n";
  expect(fill(empty, { a: "1", b: "2" }).replaceAll("\n", "")).toBe(
    "<!-- bench:a -->1<!-- /bench --><!-- bench:b -->2<!-- /bench -->",
  );
  expect(() => fill(page, { cold: "" })).toThrow("no place for cold");
});

it("a terminal's table has every figure, verdict and skipped baseline", () => {
  const text = table(result);
  for (const part of ["400 ms", "0.250 (0.249 to 0.251)", "≤ 0.27", "met", "not met", "it needs Python"]) {
    expect(text).toContain(part);
  }
});

it("a bar is as long as its number, and a name is no markup", () => {
  const svg = plot(result);
  const widths = [...svg.matchAll(/<rect x="290" y="\d+" width="([\d.]+)"/g)].map(([, width]) => Number(width));
  expect(widths).toHaveLength(2);
  expect((widths[1] ?? 0) / (widths[0] ?? 0)).toBeCloseTo(0.25, 2);
  expect(svg).toContain("theirs &lt;b&gt;");
  expect(svg).not.toContain("<b>");
});

it("growth is a line through every size", () => {
  const series = [1, 10, 100].map((size) => ({
    subject: `${size} environments`,
    unit: "s" as const,
    samples: [size / 50],
  }));
  const svg = plot({ ...result, benchmark: "grow", series });
  const [path = ""] = svg.match(/<path d="[^"]+"/) ?? [];
  expect(path.match(/[ML]/g)).toHaveLength(3);
});

it.each([
  [50, [0, 10, 20, 30, 40, 50]],
  [2.1, [0, 0.5, 1, 1.5, 2, 2.5]],
  [319, [0, 100, 200, 300, 400]],
  [0, [0, 0.2]],
])("an axis up to %d has round numbers", (most, expected) => {
  expect(ticks(most).at(-1)).toBeGreaterThanOrEqual(most);
  expect(ticks(most)).toEqual(expected);
});
