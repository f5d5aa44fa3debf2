import { TerraformOutput } from "cdktf";
import { WorkspaceGuard } from "../../../modules/workspace-guard/workspace-guard";
import { stackOf } from "../../support/stack";

it("compares the variable and the workspace with a literal, so that -var cannot get round it", () => {
  const { variable } = stackOf((stack) => new WorkspaceGuard(stack, "workspace", { workspace: "dev" }));
  expect(variable.workspace).toMatchObject({
    type: "string",
    default: "dev",
    nullable: false,
    validation: [
      {
        condition: '${var.workspace == "dev" && terraform.workspace == "dev"}',
        error_message: expect.stringMatching(/^This stack belongs to the workspace dev, .* Run "npm run plan -- dev"/),
      },
    ],
  });
});

it("gives its name by reference, so that what uses it is guarded", () => {
  const { output } = stackOf((stack) => {
    const guard = new WorkspaceGuard(stack, "workspace", { workspace: "dev" });
    new TerraformOutput(stack, "name", { value: guard.name });
  });
  expect(output.name.value).toBe("${var.workspace}");
});
