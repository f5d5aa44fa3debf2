import { App, type AppConfig } from "cdktf";
import type { Project } from "../settings/project";
import { StateStack } from "./state-stack";
import { UsersStack } from "./users-stack";

export interface Bundles {
  /** Path of the Pre-SignUp function's bundle. */
  readonly preSignUp: string;
}

/** Writes the Terraform JSON of every stack: `<outdir>/stacks/<stack>/cdk.tf.json`. */
export function synthesize(project: Project, bundles: Bundles, config: AppConfig = {}): App {
  const app = new App({ stackTraces: false, ...config });
  new StateStack(app, project);
  for (const environment of project.environments) {
    new UsersStack(app, { environment, preSignUpBundle: bundles.preSignUp });
  }
  app.synth();
  return app;
}
