import { RemoteState } from "../../../modules/terraform/remote-state";
import { stackOf } from "../../support/stack";

it("is an encrypted, locked object per workspace", () => {
  const { terraform } = stackOf(
    (stack) => new RemoteState(stack, "remote_state", { project: "acme", bucket: "states", region: "eu-west-1" }),
  );
  expect(terraform.backend).toEqual({
    s3: {
      bucket: "states",
      region: "eu-west-1",
      key: "acme/terraform.tfstate",
      workspace_key_prefix: "env:",
      encrypt: true,
      use_lockfile: true,
    },
  });
});

it("is read with the credentials of an allowed account only", () => {
  const { terraform } = stackOf(
    (stack) =>
      new RemoteState(stack, "remote_state", {
        ...{ project: "acme", bucket: "states", region: "eu-west-1" },
        allowedAccountIds: ["111122223333"],
      }),
  );
  expect(terraform.backend.s3.allowed_account_ids).toEqual(["111122223333"]);
});
