import { existsSync } from "node:fs";
import type { Plan } from "../../review/plan";
import { type Report, review, unusedAllowances, withUnusedLines } from "../../review/report";
import { allowedIn, typesIn } from "./allow-file";

/** Resource types of an adopter's own, at the repository's root. */
export const TYPES_FILE = "review-types.txt";

/** Where it is said what a review lets through. */
export interface AllowanceSources {
  /** Addresses from the command line. */
  readonly allow?: readonly string[] | undefined;
  /** File of lines `<environment> <address>`. */
  readonly allowFile?: string | undefined;
  /** File of types, a line each. @default review-types.txt, if it is there */
  readonly typesFile?: string | undefined;
}

/** A report, with a note about lines of the file that nothing needs; and the addresses of the command line that nothing needs. */
export interface Reviewed {
  readonly report: Report;
  readonly unused: readonly string[];
}

/** Judges a plan with what is allowed. Throws a Failure for a file that cannot be read, or says something else. */
export async function reviewAllowing(plan: Plan, stack: string, sources: AllowanceSources): Promise<Reviewed> {
  const { allow = [], allowFile, typesFile = existsSync(TYPES_FILE) ? TYPES_FILE : undefined } = sources;
  const lines = allowFile === undefined ? [] : await allowedIn(allowFile, stack);
  const types = typesFile === undefined ? [] : await typesIn(typesFile);
  const report = review(plan, stack, { addresses: [...allow, ...lines], types });
  return { report: withUnusedLines(report, lines, allowFile), unused: unusedAllowances(report, allow) };
}
