import Table from "cli-table3";
import { asCodePoints, visible } from "../print";
import type { SeenAssumption } from "./assumptions";
import { DOMAIN } from "./cast";
import type { Result } from "./result";

/** What `npm run prove` prints as JSON. */
export interface Report {
  readonly format: 1;
  readonly environment: string;
  readonly poolId: string;
  /** Id of the AWS account: 12 digits. */
  readonly account: string;
  readonly region: string;
  /** URL that was asked instead of AWS's own, such as an emulator's; null where AWS was asked. */
  readonly endpoint: string | null;
  /** How accounts were made: the operation of Cognito. */
  readonly through: "AdminCreateUser" | "SignUp";
  /** ISO 8601. */
  readonly at: string;
  readonly verdict: string;
  readonly exitCode: 0 | 2 | 3;
  readonly results: readonly Result[];
  /** What a run shows nothing of, a sentence each. */
  readonly notShown: readonly string[];
  readonly assumptions: readonly SeenAssumption[];
  /** What was deleted again. */
  readonly deleted: string;
}

type Written = Omit<Report, "format" | "verdict" | "exitCode">;

export function reportOf(written: Written): Report {
  const count = (state: Result["state"]) => written.results.filter((result) => result.state === state).length;
  const otherwise = written.assumptions.filter(({ state }) => state === "otherwise").length;
  const [isHeld, isBroken, isNotSeen] = [count("held"), count("broken"), count("not seen")];
  return {
    format: 1,
    ...written,
    results: written.results.map((result) => ({ ...result, answer: withoutAddresses(result.answer) })),
    assumptions: written.assumptions.map((each) => ({ ...each, seen: withoutAddresses(each.seen) })),
    exitCode: isBroken > 0 ? 3 : isNotSeen + otherwise > 0 ? 2 : 0,
    verdict:
      `${written.environment}: ${isHeld} held, ${isBroken} broken, ${isNotSeen} not seen` +
      `${otherwise > 0 ? `, ${otherwise} assumptions seen otherwise` : ""}.`,
  };
}

/** A report goes into tickets: addresses that are not the run's own, such as a sender's in the pool's settings, do not. */
function withoutAddresses(text: string): string {
  return text.replaceAll(/[^\s"'<>(),;:]+@[^\s"'<>(),;:]+/g, (address) =>
    address.normalize("NFKC").toLowerCase().includes(DOMAIN) ? address : "…@…",
  );
}

const SIGNS = { held: "✓", broken: "✗", "not seen": "?" } as const;

export function renderText(report: Report): string {
  const { results, assumptions, verdict, deleted, notShown } = report;
  const table = new Table({
    head: ["", "Promise", "", "What AWS answered"],
    colWidths: [3, 46, 10, 60],
    wordWrap: true,
    chars: { mid: "", "left-mid": "", "mid-mid": "", "right-mid": "" },
    style: { head: [], border: [] },
  });
  for (const { promise, state, answer } of results) table.push([SIGNS[state], promise, state, shown(answer)]);
  return [
    table.toString(),
    ...(assumptions.length > 0 ? ["\nAssumed of Cognito:"] : []),
    ...assumptions.map((each) => `  ${shown(each.assumed)}\n    ${each.state}: ${shown(each.seen)}${reliedOn(each)}`),
    "\nNot shown:",
    ...notShown.map((each) => `  ${each}`),
    `\n${where(report, (text) => text)}\n${deleted}`,
    verdict,
  ].join("\n");
}

export function renderMarkdown(report: Report): string {
  const { results, assumptions, deleted, verdict, notShown } = report;
  return [
    `### ${verdict}`,
    `${where(report, (text) => `\`${text}\``)} ${deleted}`,
    rows(
      ["", "Promise", "State", "What AWS answered"],
      results.map((each) => [SIGNS[each.state], each.promise, each.state, each.answer]),
    ),
    ...(assumptions.length > 0
      ? [
          rows(
            ["Assumed of Cognito", "State", "Seen"],
            assumptions.map((each) => [each.assumed, each.state, `${each.seen}${reliedOn(each)}`]),
          ),
        ]
      : []),
    ["Not shown:", ...notShown.map((each) => `- ${each}`)].join("\n"),
  ].join("\n\n");
}

/** What has to be looked at where an assumption is wrong. */
function reliedOn({ state, reliedOnBy }: SeenAssumption): string {
  return state === "otherwise" ? ` Relied on by ${reliedOnBy.join(", ")}.` : "";
}

function where(
  { environment, poolId, account, region, endpoint, through, at }: Report,
  code: (text: string) => string,
) {
  const asked = endpoint === null ? "" : `, at ${code(endpoint)} instead of AWS`;
  return `Environment ${code(environment)}, pool ${code(poolId)}, account ${account}, ${region}${asked}; accounts made by ${through}; ${at}.`;
}

function rows(head: readonly string[], cells: ReadonlyArray<readonly string[]>): string {
  const row = (each: readonly string[]) => `| ${each.map((cell) => shown(cell).replaceAll("|", "\\|")).join(" | ")} |`;
  return [row(head), row(head.map(() => "---")), ...cells.map(row)].join("\n");
}

/** On one line, with what cannot be seen as its code point. */
function shown(text: string): string {
  return asCodePoints(visible(text.replaceAll(/\s+/g, " ")), /\p{Default_Ignorable_Code_Point}/gu);
}
