import { App, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { BundledFunction } from "../../../modules/bundled-function/bundled-function";
import { Providers } from "../../../modules/terraform/providers";
import { WorkspaceGuard } from "../../../modules/terraform/workspace-guard";
import { TriggerFunction } from "../../../modules/trigger-function/trigger-function";
import { UniqueUserPool } from "../../../modules/unique-user-pool/unique-user-pool";

/*
 * A CDKTF app as another team would write it, with cdktf's own addresses: two pools in one stack, one of them with a trigger of the
 * team's own, and a function around a pool that is made elsewhere. The end-to-end test of constructs runs it beside the modules.
 */
const app = new App({ outdir: "own.out" });
const stack = new TerraformStack(app, "own");
const region = "eu-west-1";
new WorkspaceGuard(stack, "workspace", { workspace: "default" });
new Providers(stack, "providers", { region, tags: { team: "own" }, archive: true });

const customers = new UniqueUserPool(stack, "customers", { name: "own-customers", region, deletionProtection: false });
const callbackUrls = ["https://own.example/auth"];
const web = customers.addClient("web", { callbackUrls, logoutUrls: callbackUrls });
const domain = customers.addDomain("domain", { domainPrefix: "own-customers" });
new TerraformOutput(stack, "LoginUrl", { value: domain.loginUrl(web, "https://own.example/auth") });
const bundle = "welcome.js";
customers.addTrigger(
  "postConfirmation",
  new BundledFunction(stack, "welcome", { functionName: "own-welcome", bundle }),
);
customers.addTrigger(
  "preTokenGeneration",
  TriggerFunction.fromFunctionArn(stack, "roles", "arn:aws:lambda:eu-west-1:111122223333:function:roles", {
    permission: false,
  }),
  { lambdaVersion: "V2_0" },
);

new UniqueUserPool(stack, "staff", {
  name: "own-staff",
  region,
  uniqueness: "directory",
  selfSignUp: false,
  deletionProtection: false,
});

const userPoolId = new TerraformVariable(stack, "user_pool_id", { type: "string" }).stringValue;
new UniqueUserPool(stack, "protected", {
  name: "own-protected",
  region,
  deletionProtection: false,
  existingPool: { userPoolId },
});

app.synth();
