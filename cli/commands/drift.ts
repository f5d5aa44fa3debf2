import type { Command } from "commander";
import { type ReportOptions, reports, STACK } from "../options";

export function register(program: Command): void {
  const command = program
    .command("drift")
    .description("say what was changed outside of Terraform; changes nothing")
    .argument("<environment>", STACK);
  reports(command, {
    0: "nothing was changed outside of Terraform",
    2: "something was",
  }).action(async (environment: string, options: ReportOptions) => {
    const { showDrift } = await import("../review/review");
    process.exitCode = await showDrift(environment, options);
  });
}
