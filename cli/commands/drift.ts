import { type Command, Option } from "commander";
import { FORMATS, STACK, usageEndsWith64 } from "../options";

interface Options {
  readonly format: (typeof FORMATS)[number];
  readonly out?: string;
}

export function register(program: Command): void {
  usageEndsWith64(program.command("drift"))
    .description("say what was changed by hand, outside of Terraform; changes nothing")
    .argument("<environment>", STACK)
    .addOption(new Option("--format <format>", "how it is printed").choices(FORMATS).default("text"))
    .option("--out <file>", "write it to a file, and print the verdict alone")
    .addHelpText("after", EXIT_CODES)
    .action(async (environment: string, options: Options) => {
      const { showDrift } = await import("../review");
      process.exitCode = await showDrift(environment, options);
    });
}

const EXIT_CODES = `
Exit codes:
  0   nobody has changed anything by hand
  2   somebody has
  1   something went wrong
  64  something was named that there is not: an environment, an option`;
