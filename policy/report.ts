import type { Verdict } from "./verdict";

/** What is wrong, a paragraph each, and a line that sums up. */
export function reportOf({ passed, excepted, failed, problems }: Verdict, file: string): string {
  const findings = failed.map(({ stack, check, resource, title, guideline }) =>
    [`✗ ${stack}: ${check} on ${resource}`, title, guideline].filter(Boolean).join("\n    "),
  );
  const exceptions = problems.map((problem) => `✗ ${file}, ${problem}`);
  const used = new Set(excepted.map(({ exception }) => exception)).size;
  return [
    ...findings,
    ...exceptions,
    `${passed} passed, ${failed.length} failed, ${excepted.length} excepted by ${counted(used, "exception")} (${file}).` +
      (problems.length > 0 ? ` ${counted(problems.length, "exception")} to put right.` : ""),
  ].join("\n");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
