/** Namespace of the function's metrics in CloudWatch; its dimension is FunctionName. */
export const NAMESPACE = "UserMigration";

/**
 * The metrics. Refused counts every account that is not migrated; Conflict counts those that need an operator's decision.
 * Expired accounts are unconfirmed accounts of the new pool past their hold that have the address: they are deleted, or kept if
 * that fails.
 */
export const METRICS = ["Migrated", "Refused", "Conflict", "FailedClosed", "ExpiredDeleted", "ExpiredKept"] as const;
export type Metric = (typeof METRICS)[number];
