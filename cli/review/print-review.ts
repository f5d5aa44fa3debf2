import { writeFile } from "node:fs/promises";
import type { Plan } from "../../review/plan";
import { renderMarkdown } from "../../review/render/markdown";
import { renderText } from "../../review/render/text";
import { Failure } from "../failure";
import type { ReportOptions } from "../options";
import { print, printColoured } from "../print";
import { type AllowanceSources, reviewAllowing, uselessAllowance } from "./allowances";

/** Prints the review of a plan; answers the exit code. `command` is how it was called. */
export async function printReview(
  plan: Plan,
  environment: string,
  allowances: AllowanceSources,
  output: ReportOptions,
  command: string,
): Promise<number> {
  const { report, unused } = reviewAllowing(plan, environment, allowances);
  if (unused.length > 0) throw new Failure(uselessAllowance(report, unused), 64);
  const allowWith = { command };
  await printReport(report, output, {
    text: (shown, { colour }) => renderText(shown, { colour, allowWith }),
    markdown: (shown) => renderMarkdown(shown, { allowWith }),
  });
  return report.exitCode;
}

/** Prints a report in the format that was asked for, or writes it to a file and prints its verdict. */
export async function printReport<Report extends { readonly verdict: string }>(
  report: Report,
  { format, out }: ReportOptions,
  render: { text(report: Report, options: { colour: boolean }): string; markdown(report: Report): string },
): Promise<void> {
  const colour = out === undefined && process.stdout.isTTY === true && !process.env.NO_COLOR;
  const text = {
    text: () => render.text(report, { colour }),
    markdown: () => render.markdown(report),
    json: () => JSON.stringify(report, null, 2),
  }[format]();
  if (out === undefined) return printColoured(text);
  await writeFile(out, `${text}\n`);
  print(report.verdict);
}
