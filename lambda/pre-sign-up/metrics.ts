import type { Reason } from "./messages";

/** Namespace of the function's metrics in CloudWatch; its dimension is FunctionName. */
export const NAMESPACE = "PreSignUp";

/** What is counted. Refused counts every refusal with a reason; the ones after it say of what kind. */
export const METRICS = [
  "Admitted",
  "Refused",
  "RefusedUsernameTaken",
  "RefusedEmailTaken",
  "RefusedSpelling",
  "FailedClosed",
  "TakenOver",
  "Linked",
] as const;
export type Metric = (typeof METRICS)[number];

/** Writes one line in CloudWatch's embedded metric format, which makes metrics of it without a call. */
export type Count<Name extends string = Metric> = (counts: Partial<Record<Name, number>>) => void;

/** The metrics that a refusal counts for. */
export function refusalMetrics(reason: Reason): Partial<Record<Metric, number>> {
  if (reason === "usernameTaken") return { Refused: 1, RefusedUsernameTaken: 1 };
  if (reason === "emailTaken") return { Refused: 1, RefusedEmailTaken: 1 };
  return { Refused: 1, RefusedSpelling: 1 };
}

/** "Specification: Embedded metric format", CloudWatch user guide. */
export function countTo<Name extends string = Metric>(
  write: (line: string) => void,
  functionName: string,
  namespace = NAMESPACE,
): Count<Name> {
  return (counts) => {
    const Metrics = Object.keys(counts).map((Name) => ({ Name, Unit: "Count" }));
    const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [["FunctionName"]], Metrics }];
    const line = { _aws: { Timestamp: Date.now(), CloudWatchMetrics }, FunctionName: functionName, ...counts };
    write(`${JSON.stringify(line)}\n`);
  };
}
