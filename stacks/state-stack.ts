import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { Providers } from "../modules/terraform/providers";
import { RemoteState } from "../modules/terraform/remote-state";
import { StateBucket } from "../modules/terraform/state-bucket";
import { WorkspaceGuard } from "../modules/terraform/workspace-guard";
import type { Project, StateBucketSettings } from "../settings/project";
import { ProjectStack } from "./project-stack";

export interface StateStackProps {
  readonly project: Pick<Project, "name" | "tags">;
  readonly state: StateBucketSettings;
}

/** A bucket that other stacks keep their state in, and this one too, once it is there (`npm run bootstrap`). */
export class StateStack extends ProjectStack {
  constructor(scope: Construct, { project, state }: StateStackProps) {
    super(scope, state.stack);

    new RemoteState(this, "remote_state", { project: project.name, ...state });
    const workspace = new WorkspaceGuard(this, "workspace", { workspace: state.stack });
    new Providers(this, "providers", {
      region: state.region,
      tags: { ...project.tags, project: project.name, environment: workspace.name },
      allowedAccountIds: state.allowedAccountIds,
      archive: false,
    });
    const bucket = new StateBucket(this, "state_bucket", { bucket: state.bucket, kmsKeyArn: state.kmsKeyArn });
    new TerraformOutput(this, "StateBucket", { value: bucket.name, description: "Bucket of the Terraform state" });
  }
}
