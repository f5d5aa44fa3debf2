import type { Command } from "commander";
import { asCalled } from "../called";
import { readableFile } from "../files";
import { collected, REVIEW_EXIT_CODES, type ReportOptions, reports } from "../options";

export function register(program: Command): void {
  const command = program
    .command("review")
    .description("say what a plan changes, and block it if it loses users, secrets or safety; any Terraform plan")
    .argument("<plan>", "the plan as JSON (terraform show -json), or as Terraform saved it", readableFile)
    .option("--allow <address>", "let through what is blocked there; can be given more than once", collected)
    .addHelpText(
      "after",
      "\nTypes of resources that are yours, and are to pass, are lines of review-types.txt in the working directory.",
    );
  reports(command, REVIEW_EXIT_CODES).action(
    async (plan: string, options: ReportOptions & { allow?: readonly string[] }) => {
      const { reviewFile } = await import("./review-file");
      process.exitCode = await reviewFile(plan, options, asCalled());
    },
  );
}
