/** A resource's attributes in a plan, as far as they are known. */
export type Values = Readonly<Record<string, unknown>>;

const named = (attribute: string) => (values: Values) => values[attribute];
const joined = (separator: string, one: string, other: string) => (values: Values) =>
  values[one] && values[other] ? `${values[one]}${separator}${values[other]}` : undefined;

/**
 * What `terraform import` calls a resource, where its name says it: "Import" at the end of each page of the provider's
 * documentation. Pool, client and domain are looked for in Cognito instead.
 */
const IDS: Readonly<Record<string, (values: Values) => unknown>> = {
  aws_cloudwatch_dashboard: named("dashboard_name"),
  aws_cloudwatch_log_group: named("name"),
  aws_cloudwatch_metric_alarm: named("alarm_name"),
  aws_dynamodb_table: named("name"),
  aws_iam_role: named("name"),
  aws_iam_role_policy: joined(":", "role", "name"),
  aws_lambda_function: named("function_name"),
  aws_lambda_permission: joined("/", "function_name", "statement_id"),
};

/** The id to import a resource by; undefined where its name does not say it. */
export function importId(type: string, values: Values): string | undefined {
  const id = IDS[type]?.(values);
  return typeof id === "string" ? id : undefined;
}
