import { DescribeAlarmsCommand, GetDashboardCommand } from "@aws-sdk/client-cloudwatch";
import { paginateDescribeLogGroups } from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeIdentityProviderCommand,
  DescribeManagedLoginBrandingByClientCommand,
  DescribeResourceServerCommand,
  GetGroupCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { GetRoleCommand, GetRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetFunctionConfigurationCommand, GetPolicyCommand } from "@aws-sdk/client-lambda";
import type { Context, Values } from "./context";
import { clientOf, domainOf, poolNamed } from "./pool";
import { settledTable } from "./table";

/** Asks AWS whether something is there; answers what `terraform import` calls it. */
type Finder = (values: Values, context: Context) => Promise<string | undefined>;

/**
 * How AWS is asked about each type that the stacks make. The ids are those under "Import" at the end of each page of the
 * provider's documentation.
 */
export const FINDERS: Readonly<Record<string, Finder>> = {
  aws_cognito_user_pool: (values, context) => poolNamed(text(values, "name"), context),
  aws_cognito_user_pool_client: (values, context) => clientOf(text(values, "name"), context),
  aws_cognito_identity_provider: async (values, { aws, poolId: UserPoolId }) => {
    const ProviderName = text(values, "provider_name");
    if (UserPoolId === undefined) return undefined;
    const asked = new DescribeIdentityProviderCommand({ UserPoolId, ProviderName });
    return (await found(aws.cognito.send(asked))) && `${UserPoolId}:${ProviderName}`;
  },
  aws_cognito_resource_server: async (values, { aws, poolId: UserPoolId }) => {
    const Identifier = text(values, "identifier");
    if (UserPoolId === undefined) return undefined;
    const asked = new DescribeResourceServerCommand({ UserPoolId, Identifier });
    return (await found(aws.cognito.send(asked))) && `${UserPoolId}|${Identifier}`;
  },
  aws_cognito_user_group: async (values, { aws, poolId: UserPoolId }) => {
    const GroupName = text(values, "name");
    if (UserPoolId === undefined) return undefined;
    return (
      (await found(aws.cognito.send(new GetGroupCommand({ UserPoolId, GroupName })))) && `${UserPoolId}/${GroupName}`
    );
  },
  aws_cognito_managed_login_branding: async ({ client_id: ClientId }, { aws, poolId: UserPoolId }) => {
    // A style is that of a client, whose id a plan does not know before the client is in the state: another run finds it.
    if (UserPoolId === undefined || typeof ClientId !== "string") return undefined;
    const asked = new DescribeManagedLoginBrandingByClientCommand({ UserPoolId, ClientId });
    const id = (await found(aws.cognito.send(asked)))?.ManagedLoginBranding?.ManagedLoginBrandingId;
    return id && `${UserPoolId},${id}`;
  },
  aws_cognito_user_pool_domain: (values, context) => domainOf(text(values, "domain"), context),

  aws_dynamodb_table: async (values, { aws }) => {
    const name = text(values, "name");
    return (await settledTable(aws.dynamodb, name)) ? name : undefined;
  },

  aws_iam_role: async (values, { aws }) => {
    const RoleName = text(values, "name");
    return (await found(aws.iam.send(new GetRoleCommand({ RoleName })))) && RoleName;
  },
  aws_iam_role_policy: async (values, { aws }) => {
    const [RoleName, PolicyName] = [text(values, "role"), text(values, "name")];
    return (
      (await found(aws.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName })))) && `${RoleName}:${PolicyName}`
    );
  },

  aws_lambda_function: async (values, { aws }) => {
    const FunctionName = text(values, "function_name");
    return (await found(aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName })))) && FunctionName;
  },
  aws_lambda_permission: async (values, { aws }) => {
    const [FunctionName, statement] = [text(values, "function_name"), text(values, "statement_id")];
    const answer = await found(aws.lambda.send(new GetPolicyCommand({ FunctionName })));
    const { Statement = [] } = JSON.parse(answer?.Policy ?? "{}") as { Statement?: ReadonlyArray<{ Sid?: string }> };
    return Statement.some(({ Sid }) => Sid === statement) ? `${FunctionName}/${statement}` : undefined;
  },

  aws_cloudwatch_dashboard: async (values, { aws }) => {
    const DashboardName = text(values, "dashboard_name");
    return (await found(aws.cloudwatch.send(new GetDashboardCommand({ DashboardName })))) && DashboardName;
  },
  aws_cloudwatch_metric_alarm: async (values, { aws }) => {
    const name = text(values, "alarm_name");
    const { MetricAlarms = [] } = await aws.cloudwatch.send(new DescribeAlarmsCommand({ AlarmNames: [name] }));
    return MetricAlarms.some(({ AlarmName }) => AlarmName === name) ? name : undefined;
  },
  aws_cloudwatch_log_group: async (values, { aws }) => {
    const name = text(values, "name");
    for await (const { logGroups = [] } of paginateDescribeLogGroups(
      { client: aws.logs },
      { logGroupNamePrefix: name },
    )) {
      if (logGroups.some(({ logGroupName }) => logGroupName === name)) return name;
    }
    return undefined;
  },
};

/**
 * What is not looked for, because AWS's API cannot be asked by name or would need a package for one call: the id that `terraform import` takes, and
 * what happens without an import.
 */
export const BY_HAND: Readonly<Record<string, string>> = {
  aws_acm_certificate:
    "its id is the certificate's ARN (`aws acm list-certificates --region us-east-1`); otherwise another certificate is made, and the first one is left",
  aws_cognito_identity_pool:
    "its id is that of the identity pool (`aws cognito-identity list-identity-pools --max-results 60`); otherwise a second identity pool is made",
  aws_route53_record:
    "its id is <hosted zone id>_<name>_<type> (`aws route53 list-resource-record-sets --hosted-zone-id <id>`); otherwise the apply fails",
  aws_wafv2_web_acl:
    "its id is <id>/<name>/REGIONAL (`aws wafv2 list-web-acls --scope REGIONAL`); otherwise the apply fails",
};

/** What an apply sets again without harm, where it is there already; or what exists in the state only. */
export const MADE_AGAIN: ReadonlySet<string> = new Set([
  "aws_acm_certificate_validation",
  "aws_cognito_identity_pool_provider_principal_tag",
  "aws_cognito_identity_pool_roles_attachment",
  "aws_cognito_log_delivery_configuration",
  "aws_cognito_risk_configuration",
  "aws_cognito_user_pool_ui_customization",
  "aws_wafv2_web_acl_association",
]);

/** The answer of a call; undefined where AWS says that there is no such thing. */
async function found<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (/^(?:ResourceNotFound|NoSuchEntity|DashboardNotFoundError)/.test((error as Error).name)) return undefined;
    throw error;
  }
}

/** An attribute that a name is made of, which every plan knows. */
function text(values: Values, attribute: string): string {
  const value = values[attribute];
  if (typeof value === "string" && value !== "") return value;
  throw new Error(`The plan does not know ${attribute} of something that is to be made.`);
}
