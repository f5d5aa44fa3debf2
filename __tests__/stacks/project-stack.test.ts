import { TerraformOutput, Testing } from "cdktf";
import { Construct } from "constructs";
import { ProjectStack } from "../../stacks/project-stack";

class Stack extends ProjectStack {}
const outputs = (stack: Stack) => Object.keys(JSON.parse(Testing.synth(stack, true)).output);

it("calls things by their path, without a hash and without what is the default", () => {
  const stack = new Stack(Testing.app(), "test");
  const scope = new Construct(stack, "pool");
  new TerraformOutput(scope, "Default", { value: "1" });
  new TerraformOutput(scope, "id", { value: "2" });
  new TerraformOutput(new Construct(scope, "client"), "id", { value: "3" });
  expect(outputs(stack)).toEqual(["pool", "pool_client_id", "pool_id"]);
});

it("refuses two paths that come out the same, where cdktf would silently merge two resources into one", () => {
  const stack = new Stack(Testing.app(), "test");
  new TerraformOutput(new Construct(stack, "a"), "b_c", { value: "1" });
  new TerraformOutput(new Construct(stack, "a_b"), "c", { value: "2" });
  expect(() => outputs(stack)).toThrow("test/a_b/c and test/a/b_c would both be called a_b_c");
});
