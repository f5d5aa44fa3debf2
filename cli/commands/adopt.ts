import type { Command } from "commander";
import { exitCodes, poolId } from "../options";

interface Options {
  readonly pool: string;
  readonly client?: string;
  readonly overwrite?: boolean;
}

export function register(program: Command): void {
  exitCodes(program.command("adopt"), {
    0: "everything is taken over",
    2: "the settings are written, and a person has something to decide or to do: it is said what",
  })
    .description("write settings with which an environment manages a user pool that exists")
    .argument("<environment>", "an environment of environments.ts, or one that is to be added to it")
    .requiredOption("--pool <id>", "the user pool", poolId)
    .option("--client <id>", "the app client that becomes the environment's own; the others become its clients")
    .option("--overwrite", "write adopted/<environment>.ts anew where it is there already")
    .action(async (environment: string, { pool, client, overwrite = false }: Options) => {
      const { withAwsErrors } = await import("../aws");
      const { adopt } = await import("../adopt/adopt");
      const isComplete = await withAwsErrors(() => adopt(environment, { pool, client, overwrite }));
      if (!isComplete) process.exitCode = 2;
    });
}
