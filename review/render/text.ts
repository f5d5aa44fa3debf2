import type { Difference } from "../differences";
import type { DriftReport } from "../drift";
import type { Action } from "../plan";
import type { Report } from "../report";
import type { ReportedResource } from "../resource";
import { values, visible } from "./values";
import { counts, deed, details, driftHeadline, driftNote, headline, howToAllow } from "./words";

export interface TextOptions {
  /** Whether to colour it, for a terminal. */
  readonly colour: boolean;
}

const COLOURS = { red: 31, green: 32, yellow: 33, grey: 90 } as const;
type Colour = keyof typeof COLOURS;
type Paint = (colour: Colour, text: string) => string;

const SIGNS: Readonly<Record<Action, readonly [sign: string, colour: Colour]>> = {
  create: ["+", "green"],
  update: ["~", "yellow"],
  replace: ["±", "red"],
  delete: ["-", "red"],
  forget: ["·", "yellow"],
  read: ["<", "grey"],
  none: ["→", "grey"],
};

/** A review for a terminal. */
export function renderText(report: Report, options: TextOptions): string {
  const paint = painter(options);
  const { verdict, problems, resources, outputs, drift } = report;
  const colour = ({ nothing: "green", changes: "yellow", blocked: "red" } as const)[verdict];
  const command = howToAllow(report);
  return paragraphs([
    [paint(colour, headline(report)), `${counts(report)}.`, ...problems.map((problem) => paint("red", problem))],
    ...resources.map((resource) => block(resource, paint)),
    outputs.length === 0 ? [] : ["Outputs", ...table(outputs, paint)],
    drift.length === 0 ? [] : ["Changed outside of Terraform since it was last applied:"],
    ...drift.map((resource) => block(resource, paint)),
    command === undefined ? [] : ["If all of what is blocked is meant:", `    ${command}`],
  ]);
}

/** What has drifted, for a terminal. */
export function renderDriftText(report: DriftReport, options: TextOptions): string {
  const paint = painter(options);
  const title = paint(report.verdict === "none" ? "green" : "yellow", driftHeadline(report));
  const note = driftNote(report);
  return paragraphs([
    [title],
    ...report.drift.map((resource) => block(resource, paint)),
    note === undefined ? [] : [note],
  ]);
}

function block(resource: ReportedResource, paint: Paint): string[] {
  const [sign, colour] = SIGNS[resource.action];
  return [
    `${paint(colour, `${sign} ${deed(resource)}`)}  ${visible(resource.address)}`,
    ...details(resource, visible).map((detail) => `    ${paint("grey", detail)}`),
    ...resource.findings.map(({ kind, rule, why }) => {
      return `    ${paint(kind === "blocked" ? "red" : "yellow", `${kind} (${rule})`)}: ${why}`;
    }),
    ...table(resource.attributes, paint),
  ];
}

function table(rows: readonly Difference[], paint: Paint): string[] {
  const cells = rows.map((row) => [visible(row.path), ...values(row)] as const);
  const width = (column: 0 | 1) => Math.max(...cells.map((row) => row[column].length));
  return cells.map(([path, before, after], index) => {
    const sides =
      before === "" ? `${" ".repeat(width(1))} + ${after}` : `${before.padEnd(width(1))} → ${after || "(none)"}`;
    const forces = rows[index]?.forcesReplacement ? paint("red", "  forces replacement") : "";
    return `    ${path.padEnd(width(0))}  ${sides}${forces}`;
  });
}

function painter({ colour }: TextOptions): Paint {
  return (name, text) => (colour ? `\u001b[${COLOURS[name]}m${text}\u001b[0m` : text);
}

function paragraphs(lines: ReadonlyArray<readonly string[]>): string {
  return lines
    .filter((paragraph) => paragraph.length > 0)
    .map((paragraph) => paragraph.join("\n"))
    .join("\n\n");
}
