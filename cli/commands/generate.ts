import type { Command } from "commander";
import { Failure } from "../failure";
import { exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("generate"), { 1: "it could not be done; with --check: a file is stale" })
    .description(
      "write every tracked file that is made: synthesized/ (what each stack deploys), atlantis.yaml, and the tables in README.md and docs/ (settings, rules)",
    )
    .option("--check", "write nothing; fail where a file is not what settings and sources make of it")
    .action(async ({ check }: { check?: true }) => {
      const { generate, staleFiles } = await import("../generate/generate");
      if (!check) {
        const lines = await generate();
        for (const line of lines) print(line);
        if (lines.length === 0) print("Everything was up to date.");
        return;
      }
      const stale = await staleFiles();
      if (stale.length > 0) {
        throw new Failure(
          `Made files are stale: run \`npm run generate\`, review what changes, and commit it.\n  ${stale.join("\n  ")}`,
        );
      }
      print("Everything is up to date.");
    });
}
