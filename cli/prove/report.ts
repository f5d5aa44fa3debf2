import Table from "cli-table3";
import { asCodePoints, visible } from "../print";
import type { SeenAssumption } from "./assumptions";
import type { Result } from "./result";

export interface Report {
  readonly environment: string;
  readonly poolId: string;
  readonly region: string;
  /** ISO 8601. */
  readonly at: string;
  readonly verdict: string;
  readonly exitCode: 0 | 2 | 3;
  readonly results: readonly Result[];
  readonly assumptions: readonly SeenAssumption[];
  /** What was deleted again. */
  readonly deleted: string;
}

type Written = Omit<Report, "verdict" | "exitCode">;

export function reportOf(written: Written): Report {
  const count = (state: Result["state"]) => written.results.filter((result) => result.state === state).length;
  const otherwise = written.assumptions.filter(({ state }) => state === "otherwise").length;
  const [isHeld, isBroken, isNotSeen] = [count("held"), count("broken"), count("not seen")];
  return {
    ...written,
    exitCode: isBroken > 0 ? 3 : isNotSeen + otherwise > 0 ? 2 : 0,
    verdict:
      `${written.environment}: ${isHeld} held, ${isBroken} broken, ${isNotSeen} not seen` +
      `${otherwise > 0 ? `, ${otherwise} assumptions seen otherwise` : ""}.`,
  };
}

const SIGNS = { held: "✓", broken: "✗", "not seen": "?" } as const;

export function renderText({ results, assumptions, verdict, deleted }: Report): string {
  const table = new Table({
    head: ["", "Promise", "", "What AWS answered"],
    colWidths: [3, 46, 10, 60],
    wordWrap: true,
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  for (const { promise, state, answer } of results) table.push([SIGNS[state], promise, state, shown(answer)]);
  const lines = assumptions.map(({ assumed, seen }) => `  ${assumed}\n    seen: ${shown(seen)}`);
  return [
    table.toString(),
    ...(lines.length > 0 ? ["\nAssumed of Cognito:", ...lines] : []),
    `\n${deleted}`,
    verdict,
  ].join("\n");
}

export function renderMarkdown(report: Report): string {
  const { environment, poolId, region, at, results, assumptions, deleted, verdict } = report;
  return [
    `### ${verdict}`,
    `Environment \`${environment}\`, pool \`${poolId}\` in ${region}, ${at}. ${deleted}`,
    rows(
      ["", "Promise", "State", "What AWS answered"],
      results.map((each) => [SIGNS[each.state], each.promise, each.state, each.answer]),
    ),
    ...(assumptions.length > 0
      ? [
          rows(
            ["Assumed of Cognito", "Seen"],
            assumptions.map(({ assumed, seen }) => [assumed, seen]),
          ),
        ]
      : []),
  ].join("\n\n");
}

function rows(head: readonly string[], cells: ReadonlyArray<readonly string[]>): string {
  const row = (each: readonly string[]) => `| ${each.map((cell) => shown(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...cells.map(row)].join("\n");
}

/** On one line, with what cannot be seen as its code point. */
function shown(text: string): string {
  return asCodePoints(visible(text.replaceAll(/\s+/g, " ")), /\p{Default_Ignorable_Code_Point}/gu);
}
