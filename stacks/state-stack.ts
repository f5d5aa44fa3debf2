import { LocalBackend, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Providers } from "../modules/providers/providers";
import { StateBucket } from "../modules/state-bucket/state-bucket";
import { WorkspaceGuard } from "../modules/workspace-guard/workspace-guard";
import type { Project } from "../settings/project";
import { ProjectStack } from "./project-stack";

/** Name of the stack, and of its workspace. */
export const STATE_STACK = "state";

/** The bucket that every other stack keeps its state in. */
export class StateStack extends ProjectStack {
  constructor(scope: Construct, project: Project) {
    super(scope, STATE_STACK);

    new LocalBackend(this, { path: "terraform.tfstate", workspaceDir: "terraform.tfstate.d" });
    const workspace = new WorkspaceGuard(this, "workspace", { workspace: STATE_STACK });
    new Providers(this, "providers", {
      region: project.state.region,
      tags: { ...project.tags, project: project.name, environment: workspace.name },
      archive: false,
    });
    const bucket = new StateBucket(this, "state_bucket", { bucket: project.state.bucket });
    new TerraformOutput(this, "StateBucket", { value: bucket.name, description: "Bucket of the Terraform state" });
  }
}
