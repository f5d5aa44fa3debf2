import type { DriftReport } from "../drift";
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

export interface MarkdownOptions {
  /** What is advised where something is blocked. @default `npm run review` */
  readonly allowWith?: AllowWith;
}

/** Characters of all tables together. GitHub takes comments of 65,536. */
const LONGEST = 50_000;

type Row = readonly string[];

/** A review as GitHub Flavored Markdown, for a pull request: verdict, losses and findings, and only then what changes. */
export function renderMarkdown(report: Report, { allowWith }: MarkdownOptions = {}): string {
  const { verdict, problems, outputs, drift, environment, notes } = report;
  const sign = { nothing: "✅", changes: "✍️", blocked: "⛔" }[verdict];
  const lost = losses(report, code);
  const command = typeof allowWith === "object" ? allowWith.command : `npm run review -- ${environment}`;
  return limited(command, [
    `### ${sign} ${headline(report)}`,
    lost === undefined ? "" : `**${lost}**`,
    `${counts(report)}.`,
    [...problems.map((problem) => `- ⛔ ${prose(problem)}`), ...judged(report).flatMap(findings)].join("\n"),
    ...[howToAllow(report, allowWith), howToAllowTypes(report)].map((advice) => {
      if (advice === undefined) return "";
      const [only, ...others] = advice.lines;
      if (only === undefined) return advice.text;
      return others.length === 0
        ? `${advice.text} ${code(only)}`
        : [advice.text, "", ...advice.lines.map((line) => `- ${code(line)}`)].join("\n");
    }),
    table(["", "Resource", "Attribute", "Before", "After"], report.resources.flatMap(rows)),
    table(
      ["Output", "Before", "After"],
      outputs.map((output) => [code(output.path), ...values(output).map(code)]),
    ),
    drift.length === 0 ? "" : "Changed outside of Terraform since it was last applied:",
    table(["", "Resource", "Attribute", "Before", "After"], drift.flatMap(rows)),
    notes.map((note) => `Note: ${prose(note)}`).join("\n"),
  ]);
}

/** What has drifted, as GitHub Flavored Markdown. */
export function renderDriftMarkdown(report: DriftReport): string {
  return limited(`npm run drift -- ${report.environment}`, [
    `### ${report.verdict === "none" ? "✅" : "✍️"} ${driftHeadline(report)}`,
    table(["", "Resource", "Attribute", "State", "There now"], report.drift.flatMap(rows)),
    driftNote(report) ?? "",
  ]);
}

function findings({ address, findings: all }: FoundElsewhere): string[] {
  return all.map(({ kind, rule, why }) => {
    return `- ${kind === "blocked" ? "⛔" : "⚠️"} ${code(address)} ${kind}, ${code(rule)}: ${prose(why)}`;
  });
}

/** A sentence: what stands between backticks is code, and nothing else is markup. */
function prose(sentence: string): string {
  return sentence
    .split(/(`[^`]*`)/)
    .map((piece, index) =>
      index % 2 === 1 ? code(piece.slice(1, -1)) : visible(piece).replaceAll(/[\\<>*[\]|`]/g, "\\$&"),
    )
    .join("");
}

/** A resource's rows: what becomes of it stands in the first one only. */
function rows(resource: ReportedResource): Row[] {
  const name = [code(resource.address), ...details(resource, code)].join("<br>");
  const attributes = resource.attributes.map((row) => [
    code(row.path) + (row.forcesReplacement ? " **forces replacement**" : ""),
    ...values(row).map(code),
  ]);
  return (attributes.length === 0 ? [["", "", ""]] : attributes).map((cells, index) =>
    index === 0 ? [deed(resource), name, ...cells] : ["", "", ...cells],
  );
}

function table(head: Row, body: readonly Row[]): string {
  if (body.length === 0) return "";
  return [head, head.map(() => "---"), ...body].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** A code span, also in a table: nothing in it is markup, no pipe in it ends a cell. */
function code(text: string): string {
  if (text === "") return "";
  // Parsers differ in what they make of two backslashes and a pipe, so an odd one in front of a pipe gets another.
  const safe = visible(text).replaceAll(/(\\*)\|/g, (_, slashes: string) => {
    return `${slashes}${slashes.length % 2 === 1 ? "\\" : ""}\\|`;
  });
  const longest = Math.max(0, ...[...safe.matchAll(/`+/g)].map(([run]) => run.length));
  if (longest === 0) return `\`${safe}\``;
  const fence = "`".repeat(longest + 1);
  return `${fence} ${safe} ${fence}`;
}

/** Puts the paragraphs together, without the lines of tables that a comment cannot hold. `command` makes a review. */
function limited(command: string, paragraphs: readonly string[]): string {
  let room = LONGEST;
  let left = 0;
  const kept = paragraphs.filter(Boolean).map((paragraph) =>
    paragraph
      .split("\n")
      .filter((line) => {
        room -= line.length + 1;
        if (room < 0 && line.startsWith("|")) left += 1;
        return room >= 0 || !line.startsWith("|");
      })
      .join("\n"),
  );
  const note = left === 0 ? [] : [`${left} more lines are left out: ${code(`${command} --format text`)} shows them.`];
  return [...kept.filter(Boolean), ...note].join("\n\n");
}
