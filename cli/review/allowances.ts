import { existsSync } from "node:fs";
import path from "node:path";
import type { Plan } from "../../review/plan";
import { type Report, review, unusedAllowances, withUnusedLines } from "../../review/report";
import { suggestion } from "../suggestion";
import { type AllowedLine, allowedLines, typesIn } from "./allow-file";

/** Resource types of an adopter's own, at the repository's root. */
export const TYPES_FILE = "review-types.txt";

/** Where it is said what a review lets through. */
export interface AllowanceSources {
  /** Addresses from the command line. */
  readonly allow?: readonly string[] | undefined;
  /** File of lines `<environment> <address>`. */
  readonly allowFile?: string | undefined;
  /** Every environment that a line of the file can name; undefined where that is not known. */
  readonly environments?: readonly string[] | undefined;
  /** File of types, a line each. @default review-types.txt, if it is there */
  readonly typesFile?: string | undefined;
}

/** A report, with a note about lines of the file that nothing needs; and the addresses of the command line that nothing needs. */
export interface Reviewed {
  readonly report: Report;
  readonly unused: readonly string[];
}

/** Judges a plan with what is allowed. Throws a Failure for a file that cannot be read, or says something else. */
export function reviewAllowing(plan: Plan, stack: string, sources: AllowanceSources): Reviewed {
  const { allow = [], allowFile, environments, typesFile = existsSync(TYPES_FILE) ? TYPES_FILE : undefined } = sources;
  const lines = allowFile === undefined ? [] : allowedLines(allowFile);
  const addresses = lines.filter(({ environment }) => environment === stack).map(({ address }) => address);
  const types = typesFile === undefined ? [] : typesIn(typesFile);
  const report = review(plan, stack, { addresses: [...allow, ...addresses], types });
  const name = allowFile === undefined ? undefined : shown(allowFile);
  const noted = withUnusedLines(report, addresses, name);
  return {
    report: {
      ...noted,
      notes: [...noted.notes, ...lines.flatMap((line) => unknownEnvironment(line, environments, name))],
    },
    unused: unusedAllowances(report, allow),
  };
}

/** What is wrong with addresses of the command line at which nothing is blocked. */
export function uselessAllowance({ resources, configuration }: Report, unused: readonly string[]): string {
  const blocked = [...resources, ...configuration].filter(({ findings }) => findings.length > 0);
  const addresses = blocked.map(({ address }) => address);
  const rest = addresses.length === 0 ? "Nothing is blocked in this plan." : `Blocked are: ${addresses.join(", ")}.`;
  return `Nothing is blocked at ${unused.join(", ")}: leave it out, or correct the address. ${rest}`;
}

/** A line for an environment that there is not lets nothing through, which its writer should know. */
function unknownEnvironment(
  { environment, number }: AllowedLine,
  environments: readonly string[] | undefined,
  file: string | undefined,
): string[] {
  if (environments === undefined || environments.includes(environment)) return [];
  return [
    `${file}, line ${number}: there is no environment \`${environment}\`, so that the line allows nothing.` +
      suggestion(environment, environments),
  ];
}

/** A file's name as reviewers know it: from the project's folder, if it is in there. */
function shown(file: string): string {
  const name = path.relative(".", file);
  return name.startsWith("..") ? file : name;
}
