import type { Reason } from "../trigger/messages";

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

/** The metrics that a refusal counts for. */
export function refusalMetrics(reason: Reason): Partial<Record<Metric, number>> {
  if (reason === "usernameTaken") return { Refused: 1, RefusedUsernameTaken: 1 };
  if (reason === "emailTaken") return { Refused: 1, RefusedEmailTaken: 1 };
  return { Refused: 1, RefusedSpelling: 1 };
}
