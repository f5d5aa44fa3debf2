import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { WorkspaceGuard } from "../../../modules/terraform/workspace-guard";
import { foreignStackOf, stackOf } from "../../support/stack";

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

it("guards its own variable at any depth, also in a stack whose addresses cdktf makes", () => {
  const { variable, output } = foreignStackOf((stack) => {
    const guard = new WorkspaceGuard(new Construct(stack, "deep"), "workspace", { workspace: "dev" });
    new TerraformOutput(stack, "name", { value: guard.name });
  });
  const [name] = Object.keys(variable);
  expect(name).toMatch(/^deep_workspace_/);
  expect(variable[name ?? ""].validation[0]).toMatchObject({
    condition: `\${var.${name} == "dev" && terraform.workspace == "dev"}`,
    error_message: expect.stringContaining(`the variable ${name} says \${var.${name}}`),
  });
  expect(output.name.value).toBe(`\${var.${name}}`);
});

it("gives its name by reference, so that what uses it is guarded", () => {
  const { output } = stackOf((stack) => {
    const guard = new WorkspaceGuard(stack, "workspace", { workspace: "dev" });
    new TerraformOutput(stack, "name", { value: guard.name });
  });
  expect(output.name.value).toBe("${var.workspace}");
});
