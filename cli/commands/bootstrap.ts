import type { Command } from "commander";
import { asCalled } from "../called";
import { type Approvals, approvable } from "../options";

export function register(program: Command): void {
  const command = program
    .command("bootstrap")
    .description("make the bucket for the Terraform state, and keep the bucket's own state in it")
    .argument("[environment]", "make the bucket that this environment uses", "state");
  approvable(command).action(async (name: string, approvals: Approvals) => {
    const { withAwsErrors } = await import("../aws");
    const { bootstrap } = await import("../state/bootstrap");
    const { currentProject, requireStack, stateOf } = await import("../project");
    const project = currentProject();
    requireStack(project, name);
    await withAwsErrors(() => bootstrap(project.name, stateOf(project, name), { command: asCalled(), ...approvals }));
  });
}
