import type { Reason } from "../trigger/messages";

/** Namespace of the function's metrics in CloudWatch; its dimension is FunctionName. */
export const NAMESPACE = "PreSignUp";

/**
 * The metrics. Refused counts every refusal with a reason; the five after it count by kind. Expired accounts are unconfirmed
 * accounts past their hold whose address a sign-up gets now: they are deleted, or kept if that fails.
 */
export const METRICS = [
  "Admitted",
  "Refused",
  "RefusedUsernameTaken",
  "RefusedEmailTaken",
  "RefusedPhoneTaken",
  "RefusedSpelling",
  "RefusedLink",
  "FailedClosed",
  "TakenOver",
  "Linked",
  "ExpiredDeleted",
  "ExpiredKept",
] as const;
export type Metric = (typeof METRICS)[number];

/** The metrics that a refusal counts for. */
export function refusalMetrics(reason: Reason): Partial<Record<Metric, number>> {
  if (reason === "usernameTaken") return { Refused: 1, RefusedUsernameTaken: 1 };
  if (reason === "emailTaken") return { Refused: 1, RefusedEmailTaken: 1 };
  if (reason === "phoneTaken") return { Refused: 1, RefusedPhoneTaken: 1 };
  if (reason === "emailNotLinked") return { Refused: 1, RefusedLink: 1 };
  return { Refused: 1, RefusedSpelling: 1 };
}
