import type { Command } from "commander";
import { asCalled } from "../called";
import { type Allowances, allows, REVIEW_EXIT_CODES, type ReportOptions, reports, STACK } from "../options";

interface Options extends ReportOptions, Allowances {
  readonly plan?: string;
}

export function register(program: Command): void {
  const command = program
    .command("review")
    .description("say what a plan changes, and block it if it loses users, secrets or safety")
    .argument("<environment>", STACK)
    .option("--plan <file>", "a plan that was saved, or its JSON (terraform show -json); default: a new one is made");
  allows(command);
  reports(command, REVIEW_EXIT_CODES).action(async (environment: string, options: Options) => {
    const { reviewPlan } = await import("../review/review");
    process.exitCode = await reviewPlan(environment, options, asCalled());
  });
}
