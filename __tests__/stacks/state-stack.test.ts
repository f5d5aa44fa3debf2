import { only } from "../support/stack";
import { synthesized } from "../support/synth";

const { state } = synthesized({
  project: "acme",
  region: "eu-west-1",
  tags: { owner: "identity" },
  state: { bucket: "acme-states", region: "eu-central-1" },
  environments: { dev: {} },
});

it("makes the bucket that the other stacks keep their state in, in its own Region", () => {
  expect(only(state?.resource ?? {}, "aws_s3_bucket").bucket).toBe("acme-states");
  expect(state?.provider.aws).toEqual([
    {
      region: "eu-central-1",
      default_tags: [{ tags: { owner: "identity", project: "acme", environment: "${var.workspace}" } }],
    },
  ]);
});

it("keeps its own state in the bucket that it makes, in a workspace of its own", () => {
  expect(state?.terraform.backend).toEqual({
    s3: {
      bucket: "acme-states",
      region: "eu-central-1",
      key: "acme/terraform.tfstate",
      workspace_key_prefix: "env:",
      encrypt: true,
      use_lockfile: true,
    },
  });
  expect(state?.variable.workspace.default).toBe("state");
});

describe("an environment with a bucket of its own", () => {
  const stacks = synthesized({
    project: "acme",
    region: "eu-west-1",
    environments: {
      dev: {},
      prod: { region: "us-east-1", allowedAccountIds: ["111122223333"], state: { bucket: "acme-prod-state" } },
    },
  });

  it("keeps its state there", () => {
    expect(stacks.prod?.terraform.backend.s3).toMatchObject({ bucket: "acme-prod-state", region: "us-east-1" });
    expect(stacks.dev?.terraform.backend.s3).toMatchObject({ bucket: "acme-terraform-state", region: "eu-west-1" });
  });

  it("has a stack that makes it, in the environment's Region and account", () => {
    const own = stacks["state-prod"];
    expect(only(own?.resource ?? {}, "aws_s3_bucket").bucket).toBe("acme-prod-state");
    expect(own?.provider.aws).toMatchObject([{ region: "us-east-1", allowed_account_ids: ["111122223333"] }]);
    expect(own?.terraform.backend.s3.bucket).toBe("acme-prod-state");
    expect(own?.variable.workspace.default).toBe("state-prod");
  });
});

it("encrypts with the key that is named", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const stacks = synthesized({
    project: "acme",
    region: "eu-west-1",
    state: { kmsKeyArn },
    environments: { dev: {} },
  });
  expect(stacks.dev?.terraform.backend.s3.kms_key_id).toBe(kmsKeyArn);
  expect(stacks.state?.terraform.backend.s3.kms_key_id).toBe(kmsKeyArn);
  expect(only(stacks.state?.resource ?? {}, "aws_s3_bucket_server_side_encryption_configuration").rule).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: kmsKeyArn },
      bucket_key_enabled: true,
    },
  ]);
});

it("is guarded like any other", () => {
  expect(state?.variable.workspace.default).toBe("state");
});
