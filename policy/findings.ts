import { z } from "zod";

/** What one check says of one resource of one stack. */
export interface Finding {
  readonly stack: string;
  readonly check: string;
  readonly resource: string;
  /** What the check is for. */
  readonly title: string;
  /** Page about it, where the check names one. */
  readonly guideline?: string | undefined;
  readonly passed: boolean;
}

const record = z.object({
  check_id: z.string(),
  check_name: z.string(),
  file_path: z.string(),
  resource: z.string(),
  guideline: z.string().nullish(),
});

const report = z.object({
  results: z.object({
    passed_checks: z.array(record),
    failed_checks: z.array(record),
    parsing_errors: z.array(z.string()),
  }),
});

/**
 * The findings of checkov's JSON report on plans that are called `<stack>.json`. Throws an error where it has not looked
 * at one of them: a plan that it could not read must not pass for a plan without faults.
 */
export function findingsOf(json: unknown, stacks: readonly string[]): Finding[] {
  const parsed = report.safeParse(json);
  if (!parsed.success) throw new Error("checkov has looked at nothing.");
  const { passed_checks, failed_checks, parsing_errors } = parsed.data.results;
  const findings = [
    ...passed_checks.map((each) => finding(each, true)),
    ...failed_checks.map((each) => finding(each, false)),
  ];
  const unread = stacks.filter((stack) => !findings.some((each) => each.stack === stack));
  if (unread.length + parsing_errors.length > 0) {
    throw new Error(`checkov could not read the plan of ${unread.join(", ") || parsing_errors.join(", ")}.`);
  }
  return findings;
}

function finding(from: z.infer<typeof record>, passed: boolean): Finding {
  return {
    stack: from.file_path.replace(/^.*\//, "").replace(/\.json$/, ""),
    check: from.check_id,
    resource: from.resource,
    title: from.check_name,
    guideline: from.guideline ?? undefined,
    passed,
  };
}
