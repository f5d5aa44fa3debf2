import type { Command } from "commander";
import { Failure } from "../failure";
import { exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("golden"), { 1: "it could not be done; with --check: it is not up to date" })
    .description("write the Terraform JSON of every stack to synthesized/, where pull requests show what changes")
    .option("--check", "write nothing; fail where the files are not what the sources make")
    .action(async ({ check }: { check?: true }) => {
      const { GOLDEN, goldenDifferences, writeGolden } = await import("../generate/golden");
      if (!check) {
        for (const line of await writeGolden()) print(line);
        return;
      }
      const differences = await goldenDifferences();
      if (differences.length > 0) {
        throw new Failure(
          `${GOLDEN}/ is stale: run \`npm run golden\`, review what changes, and commit it.\n  ${differences.join("\n  ")}`,
        );
      }
      print(`${GOLDEN}/ is what the sources make.`);
    });
}
