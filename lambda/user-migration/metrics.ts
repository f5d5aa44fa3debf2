/** Namespace of the function's metrics in CloudWatch; its dimension is FunctionName. */
export const NAMESPACE = "UserMigration";

/**
 * What is counted. Refused counts every account that does not move, Conflict those of them that wait for an operator's
 * decision. Expired accounts of the new pool had the address and never confirmed it: they are deleted, or kept where that
 * fails.
 */
export const METRICS = ["Migrated", "Refused", "Conflict", "FailedClosed", "ExpiredDeleted", "ExpiredKept"] as const;
export type Metric = (typeof METRICS)[number];
