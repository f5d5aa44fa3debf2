import { only, synthesized } from "../support/synth";

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

it("keeps its own state beside itself, at no path of this machine", () => {
  expect(state?.terraform.backend).toEqual({
    local: { path: "terraform.tfstate", workspace_dir: "terraform.tfstate.d" },
  });
});

it("is guarded like any other", () => {
  expect(state?.variable.workspace.default).toBe("state");
});
