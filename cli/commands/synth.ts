import type { Command } from "commander";
import { note, print } from "../print";

export function register(program: Command): void {
  program
    .command("synth")
    .description("write every stack's Terraform JSON and the functions' bundles; needs no AWS account and no Terraform")
    .action(async () => {
      const { currentProject, OUTDIR, synthesizeProject } = await import("../project");
      const { warnings } = await import("../../settings/warnings");
      const project = currentProject();
      for (const warning of project.environments.flatMap(warnings)) note(`Warning: ${warning}`);
      await synthesizeProject(project);
      const stacks = [
        ...project.environments.map(({ name }) => name),
        ...project.stateBuckets.map(({ stack }) => stack),
      ];
      for (const stack of stacks) print(`${OUTDIR}/stacks/${stack}/cdk.tf.json`);
    });
}
