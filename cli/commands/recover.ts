import type { Command } from "commander";
import { asCalled } from "../called";
import { type Approvals, approvable, poolId, STACK } from "../options";

interface Options extends Approvals {
  readonly unlock?: string;
  readonly pool?: string;
  readonly client?: string;
}

export function register(program: Command): void {
  const command = program
    .command("recover")
    .description("finish a deployment that was killed: release its lock, take back what it made, make what is missing")
    .argument("<environment>", STACK)
    .option("--unlock <id>", "release this lock; make sure first that the run which holds it is dead")
    .option("--pool <id>", "the user pool to take back, where several have the environment's name", poolId)
    .option("--client <id>", "the app client to take back, where several of the pool have its name");
  approvable(command).action(async (name: string, { unlock, pool, client, ...approvals }: Options) => {
    const { withAwsErrors } = await import("../aws");
    const { recover } = await import("../recover/recover");
    await withAwsErrors(() => recover(name, { unlock, pool, client, approvals, command: asCalled() }));
  });
}
