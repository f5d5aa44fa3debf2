import { at, BUCKET, CLIENT, instance, POOL, type Scenario, TABLE } from "./scenario";

/** Plans that change nothing which cannot be changed back. */
export const HARMLESS: readonly Scenario[] = [
  { name: "nothing", everyTime: true, verdict: "nothing" },
  {
    name: "first-deployment",
    state: (resources) => {
      for (const address of Object.keys(resources)) delete resources[address];
    },
    everyTime: true,
  },
  {
    name: "first-bucket",
    stack: "state",
    state: (resources) => {
      for (const address of Object.keys(resources)) delete resources[address];
    },
  },
  { name: "more-memory", settings: { memorySize: 1024 }, everyTime: true },
  { name: "function-without-tracing", settings: { tracing: false } },
  { name: "longer-log", settings: { logRetentionDays: 400 } },
  {
    name: "tags",
    settings: { tags: { "cost centre": "a/b" } },
    edit: (document) => {
      at(document, TABLE).tags = { "p|pe": "a|b `c` <d> \\|" };
    },
    everyTime: true,
  },
  {
    name: "another-application",
    settings: { applicationUrls: ["https://app.example.com", "https://other.example.com"] },
    everyTime: true,
  },
  { name: "no-self-sign-up", settings: { selfSignUp: false }, everyTime: true },
  {
    name: "alarms-and-dashboard",
    settings: { alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call", dashboard: true },
    everyTime: true,
  },
  {
    // In one plan with the grant that goes, and the function that no longer uses it: there must be no cycle.
    name: "table-forgotten",
    settings: { uniqueness: "directory" },
    everyTime: true,
    finds: { [TABLE]: ["forgotten"] },
  },
  {
    name: "pool-password-policy",
    edit: (document) => {
      at(document, POOL).password_policy = { minimum_length: 12, temporary_password_validity_days: 3 };
    },
  },
  {
    name: "pool-custom-attribute-added",
    edit: (document) => {
      at(document, POOL).schema.push({
        name: "department",
        attribute_data_type: "String",
        mutable: true,
        required: false,
        developer_only_attribute: false,
        string_attribute_constraints: { min_length: "1", max_length: "50" },
      });
    },
    everyTime: true,
  },
  {
    name: "pool-moved",
    edit: (document) => {
      const moved = JSON.parse(JSON.stringify(document).replaceAll(POOL, "aws_cognito_user_pool.people"));
      moved.resource.aws_cognito_user_pool = { people: document.resource.aws_cognito_user_pool.user_pool };
      Object.assign(document, moved, { moved: [{ from: POOL, to: "aws_cognito_user_pool.people" }] });
    },
  },
  {
    name: "log-imported",
    state: (resources) => {
      delete resources["aws_cloudwatch_log_group.pre_sign_up_logs"];
    },
    edit: (document) => {
      const to = "aws_cloudwatch_log_group.pre_sign_up_logs";
      document.import = [{ to, id: at(document, to).name }];
    },
  },
  {
    name: "output-changed",
    edit: (document) => {
      document.output.UserPoolId.value = "another";
      document.output.Password = { value: "hush", sensitive: false };
    },
  },
  {
    name: "policy-changed",
    edit: (document) => {
      const grant = at(document, "aws_iam_role_policy.pre_sign_up_list_users");
      grant.policy = grant.policy.replace(
        '"cognito-idp:ListUsers"',
        '["cognito-idp:ListUsers","cognito-idp:DescribeUserPool"]',
      );
    },
  },
  {
    name: "secret-in-a-variable",
    edit: (document) => {
      const { variables } = at(document, "aws_lambda_function.pre_sign_up").environment;
      variables.DB_PASSWORD = "hush-1";
      variables.OPTIONS = JSON.stringify({ apiKey: "hush-2", colour: "blue" });
    },
  },
  // The provider plans nothing for a pool that is there. A new one would be case-sensitive, and is blocked.
  {
    name: "pool-case-sensitivity-left-out",
    verdict: "nothing",
    edit: (document) => {
      delete at(document, POOL).username_configuration;
    },
  },
  // The pool was never blind to case: that is not this plan's doing.
  {
    name: "case-sensitive-all-along",
    state: (resources) => {
      instance(resources, POOL).attributes.username_configuration = [{ case_sensitive: true }];
    },
    edit: (document) => {
      at(document, POOL).username_configuration.case_sensitive = true;
      at(document, POOL).admin_create_user_config.allow_admin_create_user_only = true;
    },
    options: ["-refresh=false"],
  },
  {
    name: "another-permission-removed",
    state: (resources) => {
      const permission = resources["aws_lambda_permission.pre_sign_up_invoked_by_user_pool"];
      const { attributes } = permission?.instances[0] ?? { attributes: {} };
      const other = { ...attributes, id: "other", statement_id: "other", principal: "events.amazonaws.com" };
      resources["aws_lambda_permission.other"] = { ...permission, instances: [{ attributes: other }] };
    },
    options: ["-refresh=false"],
  },
  {
    name: "client-renamed",
    edit: (document) => {
      at(document, CLIENT).name = "another";
    },
  },
  {
    name: "bucket-tags",
    stack: "state",
    edit: (document) => {
      at(document, BUCKET).tags = { owner: "platform" };
    },
    everyTime: true,
  },
];

/** What `npm run drift` plans: refreshed only. */
export const DRIFT: readonly Scenario[] = [
  { name: "drift-of-nothing", options: ["-refresh-only"] },
  { name: "drift-of-nothing-in-the-bucket", stack: "state", options: ["-refresh-only"] },
  {
    name: "drift-by-hand",
    state: (resources) => {
      instance(resources, POOL).attributes.admin_create_user_config[0].allow_admin_create_user_only = true;
      const policies = resources["aws_iam_role_policy.pre_sign_up_write_traces"];
      const id = "acme-prod-pre-sign-up:gone";
      resources["aws_iam_role_policy.by_somebody"] = {
        ...policies,
        instances: [{ attributes: { ...policies?.instances[0]?.attributes, id, name: "gone" } }],
      };
      // What the state does not know, somebody added by hand.
      delete resources["aws_iam_role_policy.pre_sign_up_write_traces"];
    },
    options: ["-refresh-only"],
  },
];
