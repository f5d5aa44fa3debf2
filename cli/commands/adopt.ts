import type { Command } from "commander";
import { readableFile } from "../files";
import { exitCodes, poolId } from "../options";

interface Options {
  readonly pool?: string;
  readonly from?: string;
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
    .option("--pool <id>", "the user pool, in AWS; beside --from the one of several in that state", poolId)
    .option("--from <file>", "another module's state instead of AWS: what `terraform show -json` prints", readableFile)
    .option("--client <id>", "the app client that becomes the environment's own; the others become its clients")
    .option("--overwrite", "write adopted/<environment>.ts anew where it is there already")
    .action(async (environment: string, { pool, from, client, overwrite = false }: Options) => {
      const { withAwsErrors } = await import("../aws");
      const { Failure } = await import("../failure");
      const { adoptFromState, adoptPool } = await import("../adopt/adopt");
      if (from === undefined && pool === undefined) {
        throw new Failure("Say which user pool: --pool <id>, or --from <file> of a state that has it.", 64);
      }
      const { environmentName } = await import("../../settings/schema");
      const { error } = environmentName.safeParse(environment);
      if (error)
        throw new Failure(
          `${JSON.stringify(environment)} cannot be an environment's name: ${error.issues[0]?.message}.`,
          64,
        );
      const options = { client, overwrite };
      const isComplete = await withAwsErrors(() =>
        from === undefined
          ? adoptPool(environment, pool ?? "", options)
          : adoptFromState(environment, from, pool, options),
      );
      if (!isComplete) process.exitCode = 2;
    });
}
