/** Namespace of the function's metrics in CloudWatch; its dimension is FunctionName. */
export const NAMESPACE = "UserMigration";

/** What is counted. Refused counts whoever is not let in, Conflict those of them that wait for an operator's decision. */
export const METRICS = ["Migrated", "Refused", "Conflict", "FailedClosed"] as const;
export type Metric = (typeof METRICS)[number];
