import { SETTINGS } from "./deployed";
import {
  alarmsAreOn,
  at,
  BUCKET,
  CLIENT,
  ENCRYPTION,
  FUNCTION,
  instance,
  LOG,
  POOL,
  type Scenario,
  type StateEntry,
  set,
  TABLE,
} from "./scenario";

function forgetAll(resources: Record<string, StateEntry>): void {
  for (const address of Object.keys(resources)) delete resources[address];
}

const OTHER_BUNDLE = "assets/pre_sign_up_bundle/0123456789ABCDEF0123456789ABCDEF/index.js";
const ALARM = "aws_cloudwatch_metric_alarm.alarms_failed_closed";
const everything = SETTINGS.environments.full;

/** What a team changes every week, and signs without being asked twice. */
export const WEEKLY: readonly Scenario[] = [
  {
    name: "weekly-url-on-a-host-already-used",
    edit: (document) => {
      at(document, CLIENT).callback_urls.push("https://app.example.com/v2/auth");
      at(document, CLIENT).logout_urls.push("https://app.example.com/v2/logout");
    },
    everyTime: true,
  },
  {
    name: "weekly-message-texts",
    settings: { messages: { emailTaken: "You have an account already." } },
    everyTime: true,
  },
  { name: "weekly-memory", settings: { memorySize: 1024 }, everyTime: true },
  {
    name: "weekly-tags",
    settings: { tags: { "cost centre": "a/b" } },
    edit: set(TABLE, { tags: { "p|pe": "a|b `c` <d> \\|" } }),
  },
  { name: "weekly-longer-retention", settings: { logRetentionDays: 400 } },
  { name: "weekly-new-environment", stack: "fresh", everyTime: true },
  {
    name: "weekly-custom-attribute",
    everyTime: true,
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
  },
  { name: "weekly-dashboard", settings: { dashboard: true } },
  { name: "weekly-alarms", settings: { alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:on-call" } },
  {
    name: "weekly-alarm-topic",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    settings: { alarmTopicArn: "arn:aws:sns:eu-west-1:000000000000:platform" },
  },
  { name: "weekly-log-level", settings: { logLevel: "DEBUG" } },
  { name: "weekly-hold-hours", settings: { unconfirmedHoldHours: 48 } },
  { name: "weekly-tracing-off", settings: { tracing: false } },
  { name: "weekly-concurrency", settings: { reservedConcurrency: 50 } },
  {
    // Another bundle, as after a change of the function's source: another zip, by its name and by its hash.
    name: "weekly-code",
    edit: (document) => {
      const zip = document.data.archive_file.pre_sign_up_zip;
      zip.output_path = "pre-sign-up-0123456789abcdef.zip";
      zip.source_file = OTHER_BUNDLE;
    },
    files: { [OTHER_BUNDLE]: "exports.handler = async (event) => event;\n" },
    everyTime: true,
  },
  { name: "weekly-architecture", settings: { architecture: "x86_64" } },
  { name: "weekly-dashboard-removed", stack: "full", settings: { dashboard: false } },
  { name: "weekly-description", edit: set(FUNCTION, { description: "Another one" }) },
];

/** A zone is looked for only when its records are made. */
export const OWN_DOMAIN = { name: "auth.example.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" };
const CERTIFICATE = "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000";

/** Plans that change nothing which cannot be changed back. */
export const HARMLESS: readonly Scenario[] = [
  ...WEEKLY,
  { name: "nothing", everyTime: true, verdict: "nothing" },
  { name: "first-deployment-of-everything", stack: "fresh", settings: { ...everything, lambdaLayer: false } },
  {
    name: "first-deployment-by-looking-only",
    stack: "fresh",
    settings: { uniqueness: "directory", production: false },
  },
  {
    name: "first-deployment-of-everything-by-looking-only",
    stack: "fresh",
    settings: { ...everything, uniqueness: "directory", lambdaLayer: false },
  },
  {
    name: "first-deployment-with-phone-numbers",
    stack: "fresh",
    settings: {
      aliasAttributes: ["email", "phone_number"],
      standardAttributes: { birthdate: { required: true } },
    },
  },
  { name: "first-deployment-that-allows-second-accounts", stack: "fresh", settings: { federated: "allow" } },
  {
    name: "own-domain-in-a-first-deployment",
    stack: "fresh",
    settings: { customDomain: OWN_DOMAIN, uiCustomization: { css: ".label-customizable { color: #336699; }" } },
  },
  { name: "own-domain-added", settings: { customDomain: OWN_DOMAIN }, everyTime: true },
  {
    name: "own-domain-with-a-certificate-that-is-there",
    settings: { customDomain: { name: "auth.example.com", certificateArn: CERTIFICATE } },
  },
  // The same command again finishes what was interrupted.
  { name: "first-deployment-interrupted", stack: "half", everyTime: true },
  { name: "first-bucket", stack: "state", state: forgetAll, outputs: "none" },
  {
    name: "first-bucket-with-a-key",
    stack: "state",
    state: forgetAll,
    outputs: "none",
    edit: set(ENCRYPTION, {
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "arn:aws:kms:eu-west-1:000000000000:key/1",
          },
          bucket_key_enabled: true,
        },
      ],
    }),
  },
  {
    name: "bucket-lifecycle",
    stack: "state",
    edit: (document) => {
      document.resource.aws_s3_bucket_lifecycle_configuration = {
        state_bucket_lifecycle: {
          bucket: `\${${BUCKET}.id}`,
          rule: [
            {
              id: "old-versions",
              status: "Enabled",
              filter: [{ prefix: "" }],
              noncurrent_version_expiration: [{ noncurrent_days: 365 }],
              abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
            },
          ],
        },
      };
    },
  },
  { name: "bucket-tags", stack: "state", edit: set(BUCKET, { tags: { owner: "platform" } }), everyTime: true },
  { name: "no-self-sign-up", settings: { selfSignUp: false } },
  {
    name: "newer-runtime",
    state: (resources) => {
      instance(resources, FUNCTION).attributes.runtime = "nodejs20.x";
    },
    options: ["-refresh=false"],
  },
  { name: "tier-higher", settings: { poolTier: "PLUS" } },
  { name: "identity-provider-refused", settings: { identityProviders: ["Google"] } },
  { name: "identities-no-longer-linked", stack: "full", settings: { federated: "refuse" } },
  {
    name: "migration-begins",
    settings: { selfSignUp: false, migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" } },
  },
  {
    // Policies were data sources, and the zip had one name for ever: commit 53e31bd.
    name: "upgrade-of-an-earlier-version",
    state: (resources) => {
      Object.assign(instance(resources, FUNCTION).attributes, {
        filename: "pre-sign-up.zip",
        source_code_hash: "Zm9ydHktdHdvLWJ5dGVzLW9mLXNvbWV0aGluZy1lbHNlLg==",
        description: "As it was",
      });
      for (const [address, { instances }] of Object.entries(resources)) {
        if (!address.startsWith("aws_iam_role_policy.")) continue;
        for (const { attributes } of instances)
          attributes.policy = JSON.stringify(JSON.parse(attributes.policy), null, 2);
      }
    },
    options: ["-refresh=false"],
  },
  { name: "everything-imported", isImported: true, outputs: "none" },
  { name: "everything-of-full-imported", stack: "full", isImported: true, outputs: "none" },
  {
    name: "key-for-logs-and-functions",
    settings: { kmsKeyArn: "arn:aws:kms:eu-west-1:000000000000:key/00000000-0000-0000-0000-000000000001" },
  },
  {
    name: "pool-mfa-on",
    edit: set(POOL, { mfa_configuration: "OPTIONAL", software_token_mfa_configuration: { enabled: true } }),
  },
  {
    name: "pool-password-stricter",
    edit: set(POOL, {
      password_policy: {
        minimum_length: 14,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 3,
      },
    }),
  },
  {
    name: "pool-message-texts",
    edit: set(POOL, { email_verification_subject: "Your code", email_verification_message: "Your code is {####}." }),
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
    // What somebody did by hand is undone, and the project's function called again.
    name: "pool-trigger-restored",
    state: (resources) => {
      instance(resources, POOL).attributes.lambda_config[0].pre_sign_up =
        "arn:aws:lambda:eu-west-1:000000000000:function:by-hand";
    },
    options: ["-refresh=false"],
  },
  {
    name: "log-imported",
    state: (resources) => {
      delete resources[LOG];
    },
    edit: (document) => {
      document.import = [{ to: LOG, id: at(document, LOG).name }];
    },
  },
  {
    name: "output-added",
    edit: (document) => {
      document.output.PoolName = { value: `\${${POOL}.name}` };
    },
  },
  { name: "client-renamed", edit: set(CLIENT, { name: "another" }) },
  {
    name: "client-shorter-tokens",
    edit: set(CLIENT, {
      access_token_validity: 15,
      refresh_token_validity: 1,
      token_validity_units: { access_token: "minutes", refresh_token: "days" },
    }),
  },
  // The provider plans nothing for a pool that is there. A new one would be case-sensitive, and is blocked.
  {
    name: "pool-case-sensitivity-left-out",
    verdict: "nothing",
    edit: (document) => delete at(document, POOL).username_configuration,
  },
  // The provider leaves it on.
  {
    name: "table-recovery-left-out",
    verdict: "nothing",
    edit: (document) => delete at(document, TABLE).point_in_time_recovery,
  },
  // The pool was case-sensitive before: that is not this plan's doing.
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
  // A tag that says what Terraform's own output says must not hide anything.
  {
    name: "tag-like-terraforms-output",
    edit: set(TABLE, { tags: { note: "Refreshing state...", line: "No changes." } }),
  },
  {
    name: "alarm-of-shorter-periods",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { period: 60 }),
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
