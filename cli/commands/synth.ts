import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("synth")
    .description("write every stack's Terraform JSON and the functions' bundles; needs no AWS account and no Terraform")
    .action(async () => {
      const { OUTDIR } = await import("../project");
      const { synth } = await import("../synth/synth");
      for (const stack of await synth()) print(`${OUTDIR}/stacks/${stack}/cdk.tf.json`);
    });
}
