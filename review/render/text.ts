import type { Difference } from "../differences";
import type { DriftReport } from "../drift";
import type { Action } from "../plan";
import type { FoundElsewhere, Report } from "../report";
import type { ReportedResource } from "../resource";
import { values, visible } from "./values";
import {
  type AllowWith,
  counts,
  deed,
  details,
  driftHeadline,
  driftNote,
  headline,
  howToAllow,
  howToAllowTypes,
  judged,
  losses,
} from "./words";

export interface TextOptions {
  /** Whether to colour it, for a terminal. */
  readonly colour: boolean;
  /** What is advised where something is blocked. @default `npm run review` */
  readonly allowWith?: AllowWith;
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

/** A review for a terminal: verdict, losses and findings, and only then what changes. */
export function renderText(report: Report, options: TextOptions): string {
  const paint = painter(options);
  const { verdict, problems, resources, outputs, drift, notes } = report;
  const colour = ({ nothing: "green", changes: "yellow", blocked: "red" } as const)[verdict];
  const lost = losses(report, visible);
  return paragraphs([
    [
      paint(colour, headline(report)),
      ...(lost === undefined ? [] : [paint("red", lost)]),
      `${counts(report)}.`,
      ...problems.map((problem) => paint("red", visible(problem))),
    ],
    ...judged(report).map((one) => findings(one, paint)),
    ...resources.map((resource) => block(resource, paint)),
    outputs.length === 0 ? [] : ["Outputs", ...table(outputs, paint)],
    drift.length === 0 ? [] : ["Changed outside of Terraform since it was last applied:"],
    ...drift.map((resource) => block(resource, paint)),
    notes.map((note) => paint("grey", `Note: ${visible(note)}`)),
    ...[howToAllow(report, options.allowWith), howToAllowTypes(report)].map((advice) =>
      advice === undefined ? [] : [advice.text, ...advice.lines.map((line) => `    ${visible(line)}`)],
    ),
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

function findings({ address, findings: all }: FoundElsewhere, paint: Paint): string[] {
  return [
    visible(address),
    ...all.map(
      ({ kind, rule, why }) =>
        `    ${paint(kind === "blocked" ? "red" : "yellow", `${kind} (${rule})`)}: ${visible(why)}`,
    ),
  ];
}

function block(resource: ReportedResource, paint: Paint): string[] {
  const [sign, colour] = SIGNS[resource.action];
  return [
    `${paint(colour, `${sign} ${deed(resource)}`)}  ${visible(resource.address)}`,
    ...details(resource, visible).map((detail) => `    ${paint("grey", detail)}`),
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
