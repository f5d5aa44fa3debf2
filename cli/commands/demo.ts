import type { Command } from "commander";
import { ENVIRONMENT } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("demo")
    .description("sign people up to a local pool; needs no AWS account, Terraform, Docker or Python")
    .argument("[environment]", `${ENVIRONMENT}, whose pool it is; dev where it is left out`)
    .action(async (environment: string | undefined) => {
      const { demo } = await import("../demo/demo");
      if (!(await demo(environment, print))) process.exitCode = 1;
    });
}
