import { at, currentOf, isUnset } from "../value";
import { lifecycleRules } from "./s3-bucket-lifecycle";
import { bucketPolicy } from "./s3-bucket-policy";
import {
  type Attribute,
  COMMON,
  COMPUTED,
  FREE,
  fixed,
  found,
  identity,
  must,
  only,
  onlyAdded,
  ownKey,
  type ResourceType,
  reference,
  rising,
  TAGS,
  when,
} from "./type";

const LOST = "The bucket holds the state of every environment: without it Terraform knows nothing of what it has made.";
const UNVERSIONED = "A state that is overwritten or deleted could no longer be restored.";
const PUBLIC = "Others could read the state, and in it the secret of every app client.";
const ENCRYPTION = "States, with the secrets in them, would be encrypted with another key or algorithm.";
const ANOTHER = "It would be said of another bucket.";
const OWNER = "AWS would no longer refuse where a bucket of that name is another account's.";

/** Where the provider keeps what companions of the bucket say, and may be told the same in an older way. */
const OLDER = [
  ...["acl", "grant", "website", "cors_rule", "logging", "policy", "versioning", "request_payer"],
  ...["replication_configuration", "lifecycle_rule", "server_side_encryption_configuration"],
  ...["object_lock_configuration", "acceleration_status"],
] as const;

/** What a bucket that is taken over has of it, and the resource of the plan that says it anew; the rest it must not have. */
const SAID_ANEW: Readonly<Record<string, string>> = {
  acl: "aws_s3_bucket_ownership_controls",
  grant: "aws_s3_bucket_ownership_controls",
  policy: "aws_s3_bucket_policy",
  versioning: "aws_s3_bucket_versioning",
  lifecycle_rule: "aws_s3_bucket_lifecycle_configuration",
  server_side_encryption_configuration: "aws_s3_bucket_server_side_encryption_configuration",
};

const COPIED = "Every state, with the secrets in it, would be copied to another bucket.";

function older(name: (typeof OLDER)[number]): Attribute {
  const why = name === "replication_configuration" ? COPIED : PUBLIC;
  return when("guarded", "bucket-older", why, (_, to, { isNew, change, plan }) => {
    if (!isNew || isUnset(to) || to === "BucketOwner") return isNew;
    const companion = SAID_ANEW[name];
    return change.importing !== undefined && companion !== undefined && currentOf(plan, companion).length > 0;
  });
}

export const S3_BUCKET: ResourceType = {
  type: "aws_s3_bucket",
  lost: () => [found("bucket-lost", LOST)],
  forgotten: found("forgotten", "The bucket stays, but nothing plans, checks or protects it here from now on."),
  attributes: {
    ...COMMON,
    ...TAGS,
    bucket: identity("bucket-lost", LOST),
    bucket_prefix: fixed("bucket-lost", LOST),
    force_destroy: only(
      "bucket-unprotected",
      "Deleting the bucket would no longer fail while states are in it: every version of them would go with it.",
      false,
    ),
    object_lock_enabled: fixed("bucket-locked", "Versions of states could be deleted before their time, or never."),
    ...Object.fromEntries(OLDER.map((name) => [name, older(name)])),
    arn: COMPUTED,
    bucket_domain_name: COMPUTED,
    bucket_regional_domain_name: COMPUTED,
    hosted_zone_id: COMPUTED,
    website_domain: COMPUTED,
    website_endpoint: COMPUTED,
  },
};

/** What is said of the bucket in a resource of its own. */
const COMPANION = {
  ...COMMON,
  bucket: reference("bucket-another", ANOTHER, "aws_s3_bucket", "id", "bucket"),
  expected_bucket_owner: onlyAdded("bucket-another", OWNER),
};

export const S3_BUCKET_VERSIONING: ResourceType = {
  type: "aws_s3_bucket_versioning",
  isSetting: true,
  /** Giving the resource up suspends versioning too. */
  lost: ({ change }) =>
    at(change.before, "versioning_configuration", 0, "status") === "Enabled"
      ? [found("bucket-unversioned", UNVERSIONED)]
      : [],
  forgotten: found("forgotten", UNVERSIONED),
  attributes: {
    ...COMPANION,
    "versioning_configuration.status": must(only("bucket-unversioned", UNVERSIONED, "Enabled")),
    "versioning_configuration.mfa_delete": rising(
      "bucket-unversioned",
      UNVERSIONED,
      ["Disabled", "Enabled"],
      "Disabled",
    ),
    mfa: fixed("bucket-unversioned", UNVERSIONED),
  },
};

export const S3_BUCKET_ENCRYPTION: ResourceType = {
  type: "aws_s3_bucket_server_side_encryption_configuration",
  isSetting: true,
  lost: () => [found("bucket-encryption", ENCRYPTION)],
  forgotten: found("forgotten", ENCRYPTION),
  attributes: {
    ...COMPANION,
    "rule.apply_server_side_encryption_by_default.sse_algorithm": rising(
      "bucket-encryption",
      ENCRYPTION,
      ["AES256", "aws:kms", "aws:kms:dsse"],
      "AES256",
    ),
    "rule.apply_server_side_encryption_by_default.kms_master_key_id": ownKey(
      onlyAdded("bucket-encryption", ENCRYPTION),
      "States would be encrypted",
    ),
    "rule.bucket_key_enabled": FREE,
  },
};

export const S3_BUCKET_OWNERSHIP: ResourceType = {
  type: "aws_s3_bucket_ownership_controls",
  isSetting: true,
  lost: () => [found("bucket-public", PUBLIC)],
  forgotten: found("forgotten", PUBLIC),
  attributes: { ...COMPANION, "rule.object_ownership": must(only("bucket-public", PUBLIC, "BucketOwnerEnforced")) },
};

const blocked = must(only("bucket-public", PUBLIC, true));

export const S3_BUCKET_PUBLIC_ACCESS: ResourceType = {
  type: "aws_s3_bucket_public_access_block",
  isSetting: true,
  lost: () => [found("bucket-public", PUBLIC)],
  forgotten: found("forgotten", PUBLIC),
  attributes: {
    ...COMPANION,
    block_public_acls: blocked,
    block_public_policy: blocked,
    ignore_public_acls: blocked,
    restrict_public_buckets: blocked,
  },
};

export const S3_BUCKET_POLICY: ResourceType = {
  type: "aws_s3_bucket_policy",
  isSetting: true,
  lost: () => [
    found(
      "bucket-policy",
      "States, with the secrets in them, could be read and written without encryption on the way.",
    ),
  ],
  forgotten: found("forgotten", "The bucket's policy stays, but nothing plans or checks it here from now on."),
  attributes: { ...COMPANION, policy: bucketPolicy },
};

const EXPIRING = "States would be deleted by S3 itself, or their older versions be gone sooner.";

export const S3_BUCKET_LIFECYCLE: ResourceType = {
  type: "aws_s3_bucket_lifecycle_configuration",
  isSetting: true,
  /** Without rules, S3 keeps everything. */
  forgotten: found("forgotten", EXPIRING),
  attributes: {
    ...COMPANION,
    rule: lifecycleRules,
    transition_default_minimum_object_size: when(
      "guarded",
      "bucket-expiring",
      EXPIRING,
      (_, to) => to === null || to === undefined || to === "all_storage_classes_128K",
    ),
  },
};
