import path from "node:path";
import { writeAtomically } from "../../migration/atomic-file";
import { type Pools, planOf } from "../../migration/users/plan-lines";
import { reportOf } from "../../migration/users/report";
import { PARTLY_READ, reportPage } from "../../migration/users/report-page";
import { print } from "../print";
import { withMigrationErrors } from "./errors";
import { MoveFolder } from "./folder";

export interface ReportArguments extends Pools {
  /** The folder with the files of the move. */
  readonly folder: string;
  /** @default report.html in the folder */
  readonly html?: string | undefined;
}

/** Writes the page about a move, from its files alone. Returns whether nothing is left to do. */
export function reportMove(args: ReportArguments): Promise<boolean> {
  return withMigrationErrors(async () => {
    const { from, to, folder, html = path.join(folder, "report.html") } = args;
    const files = new MoveFolder(folder, args);
    const report = await files.withStore("planned", async (store) =>
      reportOf({
        store,
        pools: { from, to },
        plan: planOf(store),
        decisions: await files.readDecisions(),
        now: new Date().toISOString(),
      }),
    );
    await writeAtomically(html, [reportPage(report)]);
    for (const { what, accounts } of report.counts) print(`${what}: ${accounts}`);
    if (report.isPartlyRead) print(PARTLY_READ);
    if (report.failuresInAll > 0) print(`Accounts with a call that failed: ${report.failuresInAll}`);
    print(`The report: ${html}`);
    return report.isDone;
  });
}
