/** One bar of a chart. */
export interface Bar {
  readonly label: string;
  readonly value: number;
  /** A quarter of the measurements is below, a quarter above. @default no whiskers */
  readonly spread?: readonly [number, number];
  /** What is said at its end. */
  readonly text: string;
  /** Ours is drawn in colour, what it is compared with in grey. */
  readonly kind: "ours" | "baseline";
}

export interface BarChart {
  readonly title: string;
  /** What the numbers are, with their unit. */
  readonly axis: string;
  readonly bars: readonly Bar[];
}

/** A line of a chart, from left to right. */
export interface Line {
  readonly label: string;
  readonly points: ReadonlyArray<readonly [x: number, y: number]>;
  readonly dashed?: boolean;
}

export interface LineChart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const WIDTH = 760;
const COLOURS = ["#0b6e99", "#c0552d", "#4d7c0f", "#6d5aa8", "#8a8f98"];
/** Mid-grey reads on a white page and on a dark one. */
const STYLE =
  "text{font:13px system-ui,sans-serif;fill:#7a7f87}.title{font-weight:600;font-size:15px}.small{font-size:12px}" +
  ".axis{stroke:#9aa0a8;stroke-width:1}.grid{stroke:#9aa0a8;stroke-opacity:.25}.whisker{stroke:#33383f;stroke-width:2}";

/** Horizontal bars from zero, one below the other. */
export function barChart({ title, axis, bars }: BarChart): string {
  const [left, right, top, step] = [290, 90, 44, 30];
  const most = Math.max(...bars.map(({ value, spread }) => Math.max(value, spread?.[1] ?? 0)));
  const scale = (value: number) => left + (value / most) * (WIDTH - left - right);
  const rows = bars.map(({ label, value, spread, text: said, kind }, index) => {
    const y = top + index * step;
    const fill = kind === "ours" ? COLOURS[0] : COLOURS[4];
    const end = Math.max(scale(value), spread ? scale(spread[1]) : 0);
    return [
      text(left - 8, y + 15, label, 'text-anchor="end"'),
      `<rect x="${left}" y="${y}" width="${round(scale(value) - left)}" height="20" fill="${fill}" fill-opacity="0.7"/>`,
      ...(spread ? [line(scale(spread[0]), y + 10, scale(spread[1]), y + 10, "whisker")] : []),
      text(end + 6, y + 15, said, 'class="small"'),
    ].join("");
  });
  const bottom = top + bars.length * step;
  return document(title, bottom + 28, [
    ...rows,
    line(left, top - 6, left, bottom, "axis"),
    text(left, bottom + 16, axis, 'class="small"'),
  ]);
}

/** Lines over a grid, both axes from zero. */
export function lineChart({ title, x, y, lines }: LineChart): string {
  const [left, right, top, height] = [60, 24, 44, 260];
  const bottom = top + height;
  const points = lines.flatMap((one) => one.points);
  const [xs, ys] = [ticks(Math.max(...points.map(([at]) => at))), ticks(Math.max(...points.map(([, value]) => value)))];
  const [mostX, mostY] = [xs.at(-1) ?? 1, ys.at(-1) ?? 1];
  const toX = (value: number) => left + (value / mostX) * (WIDTH - left - right);
  const toY = (value: number) => bottom - (value / mostY) * height;
  const drawn = lines.map(({ points: own, dashed }, index) => {
    const path = own.map(([at, value], first) => `${first === 0 ? "M" : "L"}${round(toX(at))} ${round(toY(value))}`);
    const dash = dashed ? ' stroke-dasharray="5 4"' : "";
    return `<path d="${path.join("")}" fill="none" stroke="${colour(index)}" stroke-width="2"${dash}/>`;
  });
  const legend = lines.map(({ label }, index) => {
    const at = bottom + 58 + index * 19;
    return `${`<rect x="${left}" y="${at - 5}" width="18" height="3" fill="${colour(index)}"/>`}${text(left + 26, at, label)}`;
  });
  return document(title, bottom + 50 + lines.length * 19, [
    ...ys.map((tick) => line(left, toY(tick), WIDTH - right, toY(tick), "grid")),
    ...ys.map((tick) => text(left - 8, toY(tick) + 4, String(tick), 'class="small" text-anchor="end"')),
    ...xs.map((tick) => text(toX(tick), bottom + 17, String(tick), 'class="small" text-anchor="middle"')),
    line(left, bottom, WIDTH - right, bottom, "axis"),
    line(left, top, left, bottom, "axis"),
    ...drawn,
    text(WIDTH - right, bottom + 35, x, 'class="small" text-anchor="end"'),
    text(left + 6, top - 2, y, 'class="small"'),
    ...legend,
  ]);
}

/** Round numbers from zero to the first that is not below `most`. */
export function ticks(most: number): number[] {
  const power = 10 ** Math.floor(Math.log10(most || 1));
  const step = [0.2, 0.5, 1, 2].map((factor) => factor * power).find((size) => most / size <= 6) ?? power;
  const count = Math.ceil(most / step - 1e-9);
  return Array.from({ length: Math.max(count, 1) + 1 }, (_, index) => Number((index * step).toPrecision(6)));
}

function document(title: string, height: number, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${STYLE}</style>`,
    text(12, 22, title, 'class="title"'),
    ...parts,
    "</svg>",
    "",
  ].join("\n");
}

function text(x: number, y: number, content: string, attributes = ""): string {
  return `<text x="${round(x)}" y="${round(y)}"${attributes && ` ${attributes}`}>${escaped(content)}</text>`;
}

function line(x1: number, y1: number, x2: number, y2: number, kind: string): string {
  return `<line x1="${round(x1)}" y1="${round(y1)}" x2="${round(x2)}" y2="${round(y2)}" class="${kind}"/>`;
}

function colour(index: number): string {
  return COLOURS[index % COLOURS.length] as string;
}

function escaped(content: string): string {
  const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return content.replaceAll(/[&<>"]/g, (character) => entities[character] as string);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
