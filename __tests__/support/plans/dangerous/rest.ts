import {
  add,
  alarmsAreOn,
  at,
  BUCKET,
  BUCKET_POLICY,
  ENCRYPTION,
  FUNCTION,
  instance,
  LIFECYCLE,
  LOG,
  MIGRATION,
  OWNERSHIP,
  PUBLIC_ACCESS,
  policy,
  remove,
  type Scenario,
  set,
  TABLE,
  VERSIONING,
} from "../scenario";

const ALARM = "aws_cloudwatch_metric_alarm.alarms_failed_closed";

/** Changes of the table, the log, alarms and the bucket of the state. */
export const OTHER_DANGERS: readonly Scenario[] = [
  {
    name: "table-renamed",
    edit: set(TABLE, { name: "another" }),
    allowable: false,
    rule: "table-lost",
    says: "Every item in the table is deleted",
  },
  {
    name: "table-removed",
    settings: { uniqueness: "directory" },
    edit: (document) => {
      delete document.removed;
    },
    allowable: false,
    rule: "table-protected",
    says: "AWS refuses to delete this table",
  },
  {
    name: "table-deposed",
    state: (resources) => {
      const table = instance(resources, TABLE);
      resources[TABLE]?.instances.push({ ...table, deposed: "0a1b2c3d" });
    },
    rule: "table-lost",
    says: "Every item in the table is deleted",
  },
  // In one plan with the grant that goes, and the function that no longer uses it: there must be no cycle.
  {
    name: "table-forgotten",
    settings: { uniqueness: "directory" },
    rule: "forgotten",
    says: "nothing plans, checks or protects it here",
  },
  {
    name: "table-without-recovery",
    edit: set(TABLE, { point_in_time_recovery: { enabled: false } }),
    rule: "table-recovery",
    says: "could no longer be restored",
  },
  {
    name: "table-expiring",
    edit: set(TABLE, { ttl: { attribute_name: "expires", enabled: true } }),
    rule: "table-ttl",
    says: "delete reservations by itself",
  },
  {
    name: "table-policy",
    edit: add("aws_dynamodb_resource_policy.open", {
      resource_arn: `\${${TABLE}.arn}`,
      policy: policy({ Effect: "Allow", Principal: "*", Action: "dynamodb:*", Resource: `\${${TABLE}.arn}` }),
    }),
    rule: "unknown-type",
    says: "Others could read or write the reservations",
  },
  {
    name: "table-unencrypted",
    edit: set(TABLE, { server_side_encryption: { enabled: false } }),
    rule: "table-encryption",
    says: "no longer be encrypted with a key of this account",
  },
  {
    name: "table-key-of-another-account",
    stack: "full",
    edit: set(TABLE, {
      server_side_encryption: {
        enabled: true,
        kms_key_arn: "arn:aws:kms:eu-west-1:999999999999:key/00000000-0000-0000-0000-000000000002",
      },
    }),
    rule: "table-encryption",
    says: "encrypted with another key",
  },
  {
    name: "table-stream",
    edit: set(TABLE, { stream_enabled: true, stream_view_type: "NEW_AND_OLD_IMAGES" }),
    rule: "table-copied",
    says: "would be readable elsewhere",
  },
  {
    name: "table-replica",
    edit: set(TABLE, {
      stream_enabled: true,
      stream_view_type: "NEW_AND_OLD_IMAGES",
      replica: [{ region_name: "us-east-1" }],
    }),
    rule: "table-copied",
    says: "would be readable elsewhere",
  },
  {
    name: "table-throttled",
    edit: set(TABLE, { billing_mode: "PROVISIONED", read_capacity: 1, write_capacity: 1 }),
    rule: "table-capacity",
    says: "could turn away reads and writes",
  },
  {
    name: "new-table-without-recovery",
    stack: "fresh",
    edit: (document) => {
      delete at(document, TABLE).point_in_time_recovery;
    },
    rule: "table-recovery",
    says: "could no longer be restored",
  },

  {
    name: "log-removed",
    edit: (document) => {
      remove(document, LOG);
      const text = JSON.stringify(document.resource.aws_iam_role_policy).replaceAll(
        `\${${LOG}.arn}`,
        "arn:aws:logs:eu-west-1:000000000000:log-group:/aws/lambda/acme-prod-pre-sign-up",
      );
      document.resource.aws_iam_role_policy = JSON.parse(text);
      at(document, FUNCTION).logging_config.log_group = "/aws/lambda/acme-prod-pre-sign-up";
    },
    rule: "log-lost",
    says: "The log says why sign-ups were refused",
  },
  {
    name: "log-shorter",
    settings: { logRetentionDays: 1 },
    rule: "log-shorter",
    says: "what is older, or all of it, is deleted",
  },
  {
    name: "log-key-removed",
    stack: "full",
    edit: (document) => {
      delete at(document, "aws_cloudwatch_log_group.user_migration_logs").kms_key_id;
    },
    rule: "log-key",
    says: "another key, or AWS's own",
  },
  {
    name: "log-of-another-class",
    edit: set(LOG, { log_group_class: "INFREQUENT_ACCESS" }),
    rule: "log-lost",
    says: "The log says why sign-ups were refused",
  },
  {
    name: "alarms-removed",
    stack: "full",
    edit: (document) => {
      delete document.resource.aws_cloudwatch_metric_alarm;
    },
    rule: "alarm-lost",
    says: "Operators would not be told",
  },
  {
    name: "alarm-without-topic",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { alarm_actions: [] }),
    rule: "alarm-silent",
    says: "Operators would not be told",
  },
  {
    name: "alarm-that-runs-something",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { alarm_actions: ["arn:aws:lambda:eu-west-1:999999999999:function:other"] }),
    rule: "alarm-silent",
    says: "Operators would not be told",
  },
  {
    name: "alarm-switched-off",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { actions_enabled: false }),
    rule: "alarm-silent",
    says: "Operators would not be told",
  },
  {
    name: "alarm-of-a-higher-threshold",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { threshold: 1000 }),
    rule: "alarm-silent",
    says: "go off later, or never",
  },
  {
    name: "alarm-of-another-function",
    stack: "full",
    state: alarmsAreOn,
    options: ["-refresh=false"],
    edit: set(ALARM, { dimensions: { FunctionName: "another" } }),
    rule: "alarm-silent",
    says: "go off later, or never",
  },
  {
    name: "migration-function-removed",
    stack: "full",
    edit: (document) => {
      remove(document, MIGRATION);
      delete document.resource.aws_lambda_permission.user_migration_invoked_by_user_pool;
      delete at(document, "aws_cognito_user_pool.user_pool").lambda_config.user_migration;
    },
    rule: "user-pool-trigger",
    says: "only the old pool knows",
  },

  {
    name: "bucket-renamed",
    stack: "state",
    edit: (document) => {
      at(document, BUCKET).bucket = "another-terraform-state";
      delete at(document, BUCKET).lifecycle;
    },
    rule: "bucket-lost",
    says: "holds the state of every environment",
  },
  {
    name: "bucket-removed",
    stack: "state",
    edit: (document) => {
      for (const part of ["data", "resource", "output"]) delete document[part];
    },
    rule: "bucket-lost",
    says: "holds the state of every environment",
  },
  {
    name: "bucket-lost-by-the-state",
    stack: "state",
    state: (resources) => {
      delete resources[BUCKET];
    },
    options: ["-refresh=false"],
    rule: "second-bucket",
    says: "the states of every environment are not in it",
  },
  {
    name: "bucket-force-destroy",
    stack: "state",
    edit: set(BUCKET, { force_destroy: true }),
    rule: "bucket-unprotected",
    says: "no longer fail while states are in it",
  },
  {
    name: "bucket-public",
    stack: "state",
    edit: set(PUBLIC_ACCESS, { block_public_policy: false, restrict_public_buckets: false }),
    rule: "bucket-public",
    says: "Others could read the state",
  },
  {
    name: "bucket-public-block-removed",
    stack: "state",
    edit: (document) => {
      remove(document, PUBLIC_ACCESS);
      delete at(document, BUCKET_POLICY).depends_on;
    },
    rule: "bucket-public",
    says: "Others could read the state",
  },
  {
    name: "bucket-acls",
    stack: "state",
    edit: set(OWNERSHIP, { rule: { object_ownership: "ObjectWriter" } }),
    rule: "bucket-public",
    says: "Others could read the state",
  },
  {
    name: "bucket-unencrypted",
    stack: "state",
    edit: (document) => remove(document, ENCRYPTION),
    rule: "bucket-encryption",
    says: "encrypted with another key or algorithm",
  },
  {
    name: "bucket-key-of-another-account",
    stack: "state",
    state: (resources) => {
      instance(resources, ENCRYPTION).attributes.rule[0].apply_server_side_encryption_by_default = [
        { sse_algorithm: "aws:kms", kms_master_key_id: "arn:aws:kms:eu-west-1:000000000000:key/1" },
      ];
    },
    edit: set(ENCRYPTION, {
      rule: [
        {
          apply_server_side_encryption_by_default: {
            sse_algorithm: "aws:kms",
            kms_master_key_id: "arn:aws:kms:eu-west-1:999999999999:key/2",
          },
        },
      ],
    }),
    options: ["-refresh=false"],
    rule: "bucket-encryption",
    says: "encrypted with another key or algorithm",
  },
  {
    name: "versioning-suspended",
    stack: "state",
    edit: set(VERSIONING, { versioning_configuration: { status: "Suspended" } }),
    rule: "bucket-unversioned",
    says: "could no longer be restored",
  },
  {
    name: "versioning-forgotten",
    stack: "state",
    edit: (document) => {
      remove(document, VERSIONING);
      document.removed = [{ from: VERSIONING, lifecycle: { destroy: false } }];
    },
    rule: "forgotten",
    says: "could no longer be restored",
  },
  {
    name: "bucket-policy-removed",
    stack: "state",
    edit: (document) => remove(document, BUCKET_POLICY),
    rule: "bucket-policy",
    says: "without encryption on the way",
  },
  {
    name: "bucket-policy-for-everybody",
    stack: "state",
    edit: set(BUCKET_POLICY, {
      policy: policy({
        Effect: "Allow",
        Principal: "*",
        Action: "s3:GetObject",
        Resource: "arn:aws:s3:::acme-terraform-state/*",
      }),
    }),
    rule: "bucket-policy",
    says: "Anyone could do `s3:GetObject` with the states",
  },
  {
    name: "bucket-states-expiring",
    stack: "state",
    edit: (document) => {
      document.resource.aws_s3_bucket_lifecycle_configuration = {
        [LIFECYCLE.split(".")[1] ?? ""]: {
          bucket: `\${${BUCKET}.id}`,
          rule: [{ id: "all", status: "Enabled", filter: [{ prefix: "" }], expiration: [{ days: 1 }] }],
        },
      };
    },
    rule: "bucket-expiring",
    says: "would have S3 delete states that are in use",
  },
  {
    name: "bucket-versions-expiring",
    stack: "state",
    edit: (document) => {
      document.resource.aws_s3_bucket_lifecycle_configuration = {
        [LIFECYCLE.split(".")[1] ?? ""]: {
          bucket: `\${${BUCKET}.id}`,
          rule: [
            {
              id: "old",
              status: "Enabled",
              filter: [{ prefix: "" }],
              noncurrent_version_expiration: [{ noncurrent_days: 1 }],
            },
          ],
        },
      };
    },
    rule: "bucket-expiring",
    says: "older versions of states after 1 days",
  },
  {
    name: "bucket-acl",
    stack: "state",
    edit: add("aws_s3_bucket_acl.open", { bucket: `\${${BUCKET}.id}`, acl: "public-read" }),
    rule: "unknown-type",
    says: "Others could read the state",
  },
];
