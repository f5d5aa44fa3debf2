import { type Command, Option } from "commander";
import { collected, FORMATS, STACK, usageEndsWith64 } from "../options";

interface Options {
  readonly plan?: string;
  readonly format: (typeof FORMATS)[number];
  readonly allow: readonly string[];
  readonly out?: string;
}

export function register(program: Command): void {
  usageEndsWith64(program.command("review"))
    .description("say what a plan changes, and block it if it loses users, secrets or safety")
    .argument("<environment>", STACK)
    .option("--plan <file>", "a plan that was saved, or its JSON (terraform show -json); default: a new one is made")
    .option("--allow <address>", "let through what is blocked there; can be given more than once", collected, [])
    .addOption(new Option("--format <format>", "how it is printed").choices(FORMATS).default("text"))
    .option("--out <file>", "write it to a file, and print the verdict alone")
    .addHelpText("after", EXIT_CODES)
    .action(async (environment: string, options: Options) => {
      const { reviewPlan } = await import("../review");
      process.exitCode = await reviewPlan(environment, options);
    });
}

const EXIT_CODES = `
Exit codes:
  0   nothing to do
  2   changes to sign
  3   blocked: not to be applied unless every address that is blocked is named with --allow
  1   something went wrong
  64  something was named that there is not: an environment, a file, an option, an address that is not blocked`;
