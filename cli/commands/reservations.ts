import type { Command } from "commander";
import { ENVIRONMENT, exitCodes, poolId, wholeNumber } from "../options";
import { print } from "../print";

interface Options {
  readonly pool?: string;
  readonly table?: string;
  readonly rate: number;
  readonly apply?: true;
}

const COMMANDS = [
  ["backfill", "make the reservations of accounts that are older than the table", "write"],
  ["verify", "compare the accounts with the reservations, and change nothing", undefined],
  ["prune", "remove the reservations that no account has, of deleted accounts above all", "remove"],
] as const;

export function register(program: Command): void {
  const group = program
    .command("reservations")
    .description("the table of reservations beside the pool: what is missing in it, and what is left over");
  for (const [name, description, applying] of COMMANDS) {
    const command = exitCodes(group.command(name), { 0: "all is well", 2: "something is left: it is said what" })
      .description(description)
      .argument("<environment>", ENVIRONMENT)
      .option("--pool <id>", "the user pool (default: the deployed one)", poolId)
      .option("--table <name>", "the table of reservations (default: the deployed one)")
      .option("--rate <number>", "ListUsers calls a second, of the 30 that the account has", wholeNumber(1, 30), 15);
    if (applying) command.option("--apply", `${applying}; without it this is a dry run`);
    command.action(async (environment: string, options: Options) => {
      const { backfillReservations, pruneReservations, verifyReservations } = await import("../reservations");
      const args = await argumentsFor(environment, options);
      const apply = options.apply === true;
      const run = {
        backfill: () => backfillReservations(args, apply, print),
        verify: () => verifyReservations(args, print),
        prune: () => pruneReservations(args, apply, print),
      };
      if (!(await run[name]())) process.exitCode = 2;
    });
  }
}

async function argumentsFor(name: string, { pool, table, rate }: Options) {
  const { currentProject, requireEnvironment } = await import("../project");
  const { outputValue } = await import("../output");
  const { withStack } = await import("../stack");
  const environment = requireEnvironment(currentProject(), name);
  // A pool that is managed elsewhere is in no output.
  const known = pool ?? environment.existingPool?.userPoolId;
  if (known !== undefined && table !== undefined) return { environment, poolId: known, tableName: table, rate };
  const outputs = JSON.parse(
    await withStack(name, "reservations", (terraform) => terraform.capture(["output", "-json"])),
  );
  return {
    environment,
    poolId: known ?? outputValue(outputs, "UserPoolId"),
    tableName: table ?? outputValue(outputs, "ReservationsTable"),
    rate,
  };
}
