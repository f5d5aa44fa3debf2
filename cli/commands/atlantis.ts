import type { Command } from "commander";
import { exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("atlantis"), { 1: "it could not be done; with --check: it is not up to date" })
    .description("write atlantis.yaml, a project for every environment")
    .option("--check", "write nothing, but fail where it is not up to date")
    .action(async ({ check }: { check?: true }) => {
      const { checkRepoConfig, writeRepoConfig } = await import("../generate/atlantis");
      const { currentProject } = await import("../project");
      await (check ? checkRepoConfig : writeRepoConfig)(currentProject());
      print(check ? "atlantis.yaml is up to date." : "atlantis.yaml is written.");
    });
}
