import type { Command } from "commander";
import { STACK } from "../options";

interface Options {
  readonly unlock?: string;
  readonly pool?: string;
  readonly client?: string;
  readonly autoApprove?: true;
}

export function register(program: Command): void {
  program
    .command("recover")
    .description("finish a deployment that was killed: release its lock, take back what it made, make what is missing")
    .argument("<environment>", STACK)
    .option("--unlock <id>", "release this lock; make sure first that the run which holds it is dead")
    .option("--pool <id>", "the user pool to take back, where several have the environment's name")
    .option("--client <id>", "the app client to take back, where several of the pool have its name")
    .option("--auto-approve", "do not ask before the plan is applied")
    .action(async (name: string, { unlock, pool, client, autoApprove }: Options) => {
      const { withAwsErrors } = await import("../aws");
      const { recover } = await import("../recover/recover");
      await withAwsErrors(() => recover(name, { unlock, pool, client, options: autoApprove ? ["-auto-approve"] : [] }));
    });
}
