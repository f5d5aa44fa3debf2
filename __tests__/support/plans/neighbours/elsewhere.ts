import type { Block } from "../../stack";
import type { Edited } from "../edited";
import { BUCKET_POLICY, FUNCTION, LOG, POOL, policy, TABLE } from "../scenario";
import type { Neighbour } from "./neighbour";

const FIRST = "first-deployment-of-everything";
const ALARM = "aws_cloudwatch_metric_alarm.alarms_errors";
const DASHBOARD = "aws_cloudwatch_dashboard.dashboard";
const USE = "aws_iam_role_policy.pre_sign_up_use_reservations";
const KEY = "arn:aws:kms:eu-west-1:999999999999:key/00000000-0000-0000-0000-000000000009";

/** Sets a field of the pool, as the provider writes it. */
const pool = (fields: Block) => (plan: Edited) => {
  Object.assign(plan.of(POOL).after, fields);
};

const mail = (text: string) =>
  pool({ verification_message_template: [{ default_email_option: "CONFIRM_WITH_CODE", email_message: text }] });

const granted =
  (...statements: readonly Block[]) =>
  (plan: Edited) => {
    const { Statement } = JSON.parse(plan.of(USE).after.policy);
    plan.set(USE, { policy: policy(...Statement, ...statements.map((one) => ({ Effect: "Allow", ...one }))) });
  };

const grants = (title: string, ...statements: readonly Block[]): Neighbour => ({
  title: `the function is granted ${title}`,
  plan: "key-for-logs-and-functions",
  edit: granted(...statements),
  rule: "role-rights",
});

const PHISHING: ReadonlyArray<readonly [how: string, text: string]> = [
  ["by a link", '<a href="https://evil.example/?c={####}">Confirm</a>'],
  ["by a bare host", "Your code is {####}. Confirm at evil.example today."],
  ["by entities", "{####} &#104;ttps:&#x2f;&#x2f;evil.example"],
  ["by what stands behind an @", "{####} https://app.example.com@evil.example/"],
  ["by backslashes", "{####} https:\\\\evil.example"],
  ["without a scheme", '{####} <a href="//evil.example">x</a>'],
  ["by a host that begins like the application's", "{####} https://app.example.com.evil.example"],
  ["by an address", "{####} Ask help@evil.example"],
  ["by another port", "{####} https://app.example.com:8443/"],
  ["to the hosted pages of another pool", "{####} https://acme.auth.eu-west-1.amazoncognito.com/login"],
];

const DENY = { Sid: "TlsOnly", Effect: "Deny", Principal: "*", Action: "s3:*" };
const RESOURCES = ["arn:aws:s3:::acme-terraform-state", "arn:aws:s3:::acme-terraform-state/*"];
const WITHOUT_TLS = { Bool: { "aws:SecureTransport": "false" } };
const bucketPolicies: ReadonlyArray<readonly [title: string, ...statements: readonly Block[]]> = [
  [
    "requires TLS of no principal",
    {
      ...DENY,
      Principal: { AWS: "arn:aws:iam::000000000000:role/nobody" },
      Resource: RESOURCES,
      Condition: WITHOUT_TLS,
    },
  ],
  ["asks for TLS at one action", { ...DENY, Action: "s3:GetBucketAcl", Resource: RESOURCES, Condition: WITHOUT_TLS }],
  [
    "asks for TLS at another bucket",
    { ...DENY, Resource: ["arn:aws:s3:::x", "arn:aws:s3:::x/*"], Condition: WITHOUT_TLS },
  ],
  ["denies everything", { ...DENY, Resource: RESOURCES, Condition: WITHOUT_TLS }, { ...DENY, Resource: "*" }],
];

/** What sends users, their data or the project's somewhere else. */
export const ELSEWHERE: readonly Neighbour[] = [
  {
    title: "answers to the pool's mail go to another address",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.email_configuration[0].reply_to_email_address = "help@evil.example";
    },
    rule: "user-pool-mail",
  },
  {
    title: "the pool's mail is sent with another configuration",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.email_configuration[0].configuration_set = "evil";
    },
    rule: "user-pool-mail",
  },
  ...PHISHING.map(([how, text]) => ({
    title: `a message sends users elsewhere, ${how}`,
    plan: "pool-mfa-on",
    edit: mail(text),
    rule: "user-pool-texts",
  })),
  {
    title: "an invitation by text message sends users elsewhere",
    plan: "pool-mfa-on",
    edit: (plan) => {
      plan.of(POOL).after.admin_create_user_config[0].invite_message_template = [
        { email_message: "{username} {####}", sms_message: "{username} {####} https://evil.example" },
      ];
    },
    rule: "user-pool-texts",
  },
  {
    title: "a refusal sends people elsewhere",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.environment[0].variables.MESSAGES = '{"emailTaken":"Sign in at https://evil.example"}';
    },
    rule: "function-variables",
  },
  {
    title: "the function's settings are encrypted with a key of another account",
    plan: "key-for-logs-and-functions",
    edit: (plan) => plan.set(FUNCTION, { kms_key_arn: KEY }),
    rule: "function-key",
  },
  {
    title: "the log is encrypted with a key of another account",
    plan: "key-for-logs-and-functions",
    edit: (plan) => plan.set(LOG, { kms_key_id: KEY }),
    rule: "log-key",
  },
  {
    title: "the table is encrypted with a key of another account",
    plan: FIRST,
    stack: "fresh",
    edit: (plan) => plan.set(TABLE, { server_side_encryption: [{ enabled: true, kms_key_arn: KEY }] }),
    rule: "table-encryption",
  },
  {
    title: "an alarm is told to another account",
    plan: "weekly-alarms",
    edit: (plan) => plan.set(ALARM, { alarm_actions: ["arn:aws:sns:eu-west-1:999999999999:evil"] }),
    rule: "alarm-silent",
  },
  {
    title: "the dashboard calls a function",
    plan: "weekly-dashboard",
    edit: (plan) => {
      const endpoint = "arn:aws:lambda:eu-west-1:999999999999:function:evil";
      plan.set(DASHBOARD, {
        dashboard_body: JSON.stringify({ widgets: [{ type: "custom", properties: { endpoint } }] }),
      });
    },
    rule: "dashboard-runs",
  },
  {
    title: "the dashboard cannot be read",
    plan: "weekly-dashboard",
    edit: (plan) => plan.set(DASHBOARD, { dashboard_body: "{" }),
    rule: "dashboard-runs",
  },
  {
    title: "the zip is made of a file that is no bundle",
    plan: "weekly-code",
    edit: (plan) => {
      const source_file = `assets/user-migration/${"A".repeat(32)}/index.js`;
      plan.configured("data.archive_file.pre_sign_up_zip").source_file.constant_value = source_file;
      plan.data("data.archive_file.pre_sign_up_zip").source_file = source_file;
    },
    rule: "data-source",
  },
  {
    title: "the zip has another bundle's hash in its name",
    plan: "weekly-code",
    edit: (plan) => {
      const source_file = `assets/pre_sign_up_bundle/${"A".repeat(32)}/index.js`;
      plan.configured("data.archive_file.pre_sign_up_zip").source_file.constant_value = source_file;
      plan.data("data.archive_file.pre_sign_up_zip").source_file = source_file;
    },
    rule: "data-source",
  },
  grants("another account's table", {
    Action: ["dynamodb:PutItem"],
    Resource: "arn:aws:dynamodb:eu-west-1:999999999999:table/acme-prod-reservations",
  }),
  grants("another Region's table", {
    Action: ["dynamodb:PutItem"],
    Resource: "arn:aws:dynamodb:us-east-1:000000000000:table/acme-prod-reservations",
  }),
  grants("another account's log", {
    Action: ["logs:PutLogEvents"],
    Resource: "arn:aws:logs:eu-west-1:999999999999:log-group:/aws/lambda/acme-prod-pre-sign-up:*",
  }),
  grants("another function's log", {
    Action: ["logs:PutLogEvents"],
    Resource: "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/payment:*",
  }),
  {
    title: "another account's pool sends text messages with a role of the stack",
    plan: "first-deployment-of-everything",
    stack: "fresh",
    edit: (plan) =>
      plan.set("aws_iam_role.pre_sign_up_role", {
        assume_role_policy: policy({
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "cognito-idp.amazonaws.com" },
          Condition: { StringEquals: { "sts:ExternalId": "x", "aws:SourceAccount": "999999999999" } },
        }),
      }),
    rule: "role-trust",
  },
  {
    title: "the function moves to another Region",
    plan: "weekly-memory",
    edit: (plan) => {
      plan.of(FUNCTION).after.region = "us-east-1";
    },
    rule: "region-changed",
  },
  ...bucketPolicies.map(([title, ...statements]) => ({
    title: `a first bucket's policy ${title}`,
    plan: "first-bucket",
    stack: "state",
    edit: (plan: Edited) => plan.set(BUCKET_POLICY, { bucket: "acme-terraform-state", policy: policy(...statements) }),
    rule: "bucket-policy",
  })),
];
