import type { Command } from "commander";
import { ENVIRONMENT, exitCodes, wholeNumber } from "../options";
import { print } from "../print";

interface Options {
  readonly pool?: string;
  readonly table?: string;
  readonly rate: number;
  readonly apply?: true;
}

export function register(program: Command): void {
  const group = program
    .command("reservations")
    .description("the reservations of a pool that had accounts before it had a table");
  for (const [name, description] of [
    ["backfill", "make the reservations of accounts that are older than the table"],
    ["verify", "compare the accounts with the reservations, and change nothing"],
  ] as const) {
    const command = exitCodes(group.command(name), {
      0: "all is well",
      2: "some accounts have no reservation: it is said which",
    })
      .description(description)
      .argument("<environment>", ENVIRONMENT)
      .option("--pool <id>", "the user pool (default: the deployed one)")
      .option("--table <name>", "the table of reservations (default: the deployed one)")
      .option("--rate <number>", "ListUsers calls a second, of the 30 that the account has", wholeNumber(1, 30), 15);
    if (name === "backfill") command.option("--apply", "write; without it this is a dry run");
    command.action(async (environment: string, options: Options) => {
      const { backfillReservations, verifyReservations } = await import("../reservations");
      const args = await argumentsFor(environment, options);
      const fine =
        name === "backfill"
          ? await backfillReservations(args, options.apply === true, print)
          : await verifyReservations(args, print);
      if (!fine) process.exitCode = 2;
    });
  }
}

async function argumentsFor(name: string, { pool, table, rate }: Options) {
  const { currentProject, requireEnvironment } = await import("../project");
  const { outputValue } = await import("../output");
  const { withStack } = await import("../stack");
  const environment = requireEnvironment(currentProject(), name);
  if (pool !== undefined && table !== undefined) return { environment, poolId: pool, tableName: table, rate };
  const outputs = JSON.parse(
    await withStack(name, "reservations", (terraform) => terraform.capture(["output", "-json"])),
  );
  return {
    environment,
    poolId: pool ?? outputValue(outputs, "UserPoolId"),
    tableName: table ?? outputValue(outputs, "ReservationsTable"),
    rate,
  };
}
