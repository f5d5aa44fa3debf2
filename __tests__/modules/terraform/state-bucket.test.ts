import { StateBucket } from "../../../modules/terraform/state-bucket";
import { only, stackOf, statementsOf } from "../../support/stack";

const { resource } = stackOf((stack) => new StateBucket(stack, "state_bucket", { bucket: "states" }));

it("cannot be destroyed by Terraform, nor emptied by it", () => {
  const bucket = only(resource, "aws_s3_bucket");
  expect(bucket).toMatchObject({ bucket: "states", lifecycle: { prevent_destroy: true } });
  expect(bucket).not.toHaveProperty("force_destroy");
});

it("keeps old versions for a year", () => {
  expect(only(resource, "aws_s3_bucket_versioning").versioning_configuration).toEqual({ status: "Enabled" });
  expect(only(resource, "aws_s3_bucket_lifecycle_configuration").rule).toMatchObject([
    { status: "Enabled", noncurrent_version_expiration: [{ noncurrent_days: 365 }] },
  ]);
});

it("is encrypted, private, and its owner's", () => {
  expect(only(resource, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
  ]);
  expect(only(resource, "aws_s3_bucket_public_access_block")).toMatchObject({
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  });
  expect(only(resource, "aws_s3_bucket_ownership_controls").rule).toEqual({ object_ownership: "BucketOwnerEnforced" });
});

it("refuses every call without TLS", () => {
  expect(statementsOf(only(resource, "aws_s3_bucket_policy"))).toEqual([
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: ["${aws_s3_bucket.state_bucket.arn}", "${aws_s3_bucket.state_bucket.arn}/*"],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
});
