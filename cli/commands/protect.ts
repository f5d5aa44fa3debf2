import type { Command } from "commander";
import { ENVIRONMENT, exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("protect"), {
    0: "the pool is protected",
    2: "something is left to do: it is said what",
  })
    .description("say whether the pool of existingPool is protected, and what its owner has to add; changes nothing")
    .argument("<environment>", ENVIRONMENT)
    .action(async (environment: string) => {
      const { withAwsErrors } = await import("../aws");
      const { protect } = await import("../protect/protect");
      if (!(await withAwsErrors(() => protect(environment, print)))) process.exitCode = 2;
    });
}
