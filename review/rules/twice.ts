import { configuredAs, expressionAt, templateOf } from "../configuration";
import type { Plan } from "../plan";
import { at, type Current, currentOf, quoted } from "../value";
import type { Located } from "./rule";

/** What AWS tells the things of a type apart by. Of two resources that say the same, one overwrites the other. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool_domain: ["domain"],
  aws_cognito_resource_server: ["user_pool_id", "identifier"],
  aws_cognito_identity_provider: ["user_pool_id", "provider_name"],
  aws_cognito_user_group: ["user_pool_id", "name"],
  aws_cognito_risk_configuration: ["user_pool_id", "client_id"],
  aws_cognito_log_delivery_configuration: ["user_pool_id"],
  aws_cognito_identity_pool_roles_attachment: ["identity_pool_id"],
  aws_cognito_identity_pool_provider_principal_tag: ["identity_pool_id", "identity_provider_name"],
  aws_wafv2_web_acl: ["name"],
  aws_wafv2_web_acl_association: ["resource_arn"],
  aws_lambda_function: ["function_name"],
  aws_lambda_permission: ["function_name", "statement_id"],
  aws_iam_role: ["name"],
  aws_iam_role_policy: ["role", "name"],
  aws_dynamodb_table: ["name"],
  aws_cloudwatch_log_group: ["name"],
  aws_cloudwatch_metric_alarm: ["alarm_name"],
  aws_cloudwatch_dashboard: ["dashboard_name"],
  aws_s3_bucket: ["bucket"],
  aws_s3_bucket_versioning: ["bucket"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket"],
  aws_s3_bucket_ownership_controls: ["bucket"],
  aws_s3_bucket_public_access_block: ["bucket"],
  aws_s3_bucket_lifecycle_configuration: ["bucket"],
  aws_s3_bucket_policy: ["bucket"],
};

/**
 * One thing in AWS that two resources of the plan say: both write it, also where one of them goes and deletes what the other one has
 * just written.
 */
export function twice(plan: Plan): Located[] {
  return Object.entries(IDENTITIES).flatMap(([type, names]) => {
    const all = currentOf(plan, type).map((resource) => ({ resource, key: keyOf(resource, names, plan) }));
    return all.flatMap(({ resource, key }) => {
      const { address, change } = resource;
      if (key === undefined || change === undefined || !isMade(resource)) return [];
      const other = all.find((one) => one.resource.address !== address && one.key === key);
      if (other === undefined) return [];
      const goes = other.resource.after === undefined;
      const name = at(resource.after, names.at(-1) ?? "");
      const what = typeof name === "string" ? ` (${quoted(name)})` : "";
      return [
        {
          address,
          rule: "twice",
          why: goes
            ? `It is the same in AWS as ${other.resource.address}${what}, which goes: the deletion may take what this one has just written. To rename a resource, move it (a moved block).`
            : `It is the same in AWS as ${other.resource.address}${what}: it overwrites what that one says, and whichever is applied last counts.`,
        },
      ];
    });
  });
}

/** Whether a plan makes it, takes it over, or gives it another name. */
function isMade({ after, change }: Current): boolean {
  return after !== undefined && (change?.action !== "none" || change.importing !== undefined);
}

/** Nothing where the plan does not say it. */
function keyOf({ before, after, address }: Current, names: readonly string[], plan: Plan): string | undefined {
  const { expressions } = configuredAs(plan.configuration, address) ?? {};
  const parts = names.map((name) => {
    const value = at(after ?? before, name);
    if (typeof value === "string") return value;
    // A bucket, role or pool that this plan makes: `.id` and `.name` of it are the same one.
    const [, referred] =
      /^\$\{([\w-]+\.[\w-]+)\.[\w-]+\}$/.exec(templateOf(expressionAt(expressions, [name])) ?? "") ?? [];
    return referred === undefined ? undefined : { referred };
  });
  return parts.includes(undefined) ? undefined : JSON.stringify(parts);
}
