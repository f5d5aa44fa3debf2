import type { Command } from "commander";
import { print } from "../print";

export function register(program: Command): void {
  program
    .command("atlantis")
    .description("write atlantis.yaml, a project for every environment")
    .option("--check", "write nothing, but fail where it is not up to date")
    .addHelpText("after", "\nExit code: 0 up to date, 1 with --check where it is not.")
    .action(async ({ check }: { check?: true }) => {
      const { checkRepoConfig, writeRepoConfig } = await import("../generate/atlantis");
      const { currentProject } = await import("../project");
      await (check ? checkRepoConfig : writeRepoConfig)(currentProject());
      print(check ? "atlantis.yaml is up to date." : "atlantis.yaml is written.");
    });
}
