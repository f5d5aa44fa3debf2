import type { Command } from "commander";
import { Failure } from "../failure";
import { GOLDEN } from "../golden-folder";
import { exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("golden"), { 1: "it could not be done; with --check: it is not up to date" })
    .description("write what every stack deploys to synthesized/, where pull requests show it and Atlantis plans it")
    .option("--check", "write nothing; fail where the files are not what the sources make")
    .action(async ({ check }: { check?: true }) => {
      const { goldenDifferences, writeGolden } = await import("../generate/golden");
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
