import type { Command } from "commander";

export function register(program: Command): void {
  program
    .command("bootstrap")
    .description("make the bucket for the Terraform state, and keep the bucket's own state in it")
    .argument("[environment]", "make the bucket that this environment uses", "state")
    .option("--auto-approve", "do not ask")
    .action(async (name: string, { autoApprove }: { autoApprove?: true }) => {
      const { withAwsErrors } = await import("../aws");
      const { bootstrap } = await import("../state/bootstrap");
      const { currentProject, requireStack, stateOf } = await import("../project");
      const project = currentProject();
      requireStack(project, name);
      await withAwsErrors(() => bootstrap(project.name, stateOf(project, name), autoApprove ? ["-auto-approve"] : []));
    });
}
