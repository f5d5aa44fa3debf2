import { Command, InvalidArgumentError } from "commander";
import { SettingsError } from "../settings/problems";
import { Failure } from "./failure";

const print = (text: string): void => void process.stdout.write(`${text}\n`);

const program = new Command("one-account")
  .description("A Cognito user pool that never holds the same person twice.")
  .showHelpAfterError("(add --help for what there is)");

program
  .command("demo")
  .description("sign people up to a local pool; needs no AWS account, Terraform, Docker or Python")
  .argument("[environment]", "whose pool", "dev")
  .action(async (environment: string) => {
    const { demo } = await import("./demo/demo");
    if (!(await demo(environment, print))) process.exitCode = 1;
  });

program
  .command("build")
  .description("bundle the function and print its size")
  .action(async () => {
    const { bundlePreSignUp, PRE_SIGN_UP_BUNDLE } = await import("../lambda/bundle");
    const bytes = await bundlePreSignUp();
    print(`${PRE_SIGN_UP_BUNDLE}: ${(bytes / 1000).toFixed(1)} kB minified`);
  });

for (const [name, terraformCommand, description] of [
  ["plan", "plan", "show what a deployment would change"],
  ["deploy", "apply", "show what would change, ask, and do it"],
  ["destroy", "destroy", "show what would be deleted, ask, and do it"],
] as const) {
  program
    .command(name)
    .description(description)
    .argument("<environment>", "an environment of environments.ts, or state")
    .argument("[options...]", `anything that terraform ${terraformCommand} takes, such as -target=… or --auto-approve`)
    .allowUnknownOption()
    .action(async (environment: string, options: string[]) => {
      if (name === "destroy") await refuseToDestroyProtected(environment);
      const terraform = await preparedTerraform(environment);
      process.exitCode = await terraform.show([terraformCommand, ...options]);
    });
}

program
  .command("output")
  .description("show what a deployed environment is called and where it is")
  .argument("<environment>", "an environment of environments.ts, or state")
  .argument("[name]", "print this output alone, bare, even if it is sensitive")
  .option("--json", "print all of them as JSON, the sensitive ones too")
  .action(async (environment: string, name: string | undefined, { json }: { json?: true }) => {
    const { outputTable, outputValue } = await import("./output");
    const terraform = await preparedTerraform(environment);
    const text = await terraform.capture(["output", "-json"]);
    if (json) print(text.trimEnd());
    else print(name === undefined ? outputTable(JSON.parse(text)) : outputValue(JSON.parse(text), name));
  });

const reservations = program
  .command("reservations")
  .description("the reservations of a pool that had accounts before it had a table");

for (const [name, description] of [
  ["backfill", "make the reservations of accounts that are older than the table"],
  ["verify", "compare the accounts with the reservations, and change nothing"],
] as const) {
  const command = reservations
    .command(name)
    .description(description)
    .argument("<environment>", "an environment of environments.ts")
    .option("--pool <id>", "the user pool", "the deployed one")
    .option("--table <name>", "the table of reservations", "the deployed one")
    .option("--rate <number>", "ListUsers calls a second, of the 30 that the account has", wholeNumber(1, 30), 15);
  if (name === "backfill") command.option("--apply", "write; without it this is a dry run");
  command.action(async (environment: string, options: ReservationsOptions) => {
    const { backfillReservations, verifyReservations } = await import("./reservations");
    const args = await reservationsArguments(environment, options);
    const fine =
      name === "backfill"
        ? await backfillReservations(args, options.apply === true, print)
        : await verifyReservations(args, print);
    if (!fine) process.exitCode = 1;
  });
}

interface ReservationsOptions {
  readonly pool: string;
  readonly table: string;
  readonly rate: number;
  readonly apply?: true;
}

async function reservationsArguments(name: string, { pool, table, rate }: ReservationsOptions) {
  const { currentProject, requireEnvironment } = await import("./project");
  const environment = requireEnvironment(currentProject(), name);
  const deployed = "the deployed one";
  if (pool !== deployed && table !== deployed) return { environment, poolId: pool, tableName: table, rate };
  const { outputValue } = await import("./output");
  const outputs = JSON.parse(await (await preparedTerraform(name)).capture(["output", "-json"]));
  return {
    environment,
    poolId: pool === deployed ? outputValue(outputs, "UserPoolId") : pool,
    tableName: table === deployed ? outputValue(outputs, "ReservationsTable") : table,
    rate,
  };
}

function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** AWS would refuse to delete the pool, but only after the rest is gone. */
async function refuseToDestroyProtected(environment: string): Promise<void> {
  const { currentProject } = await import("./project");
  const found = currentProject().environments.find(({ name }) => name === environment);
  if (!found?.deletionProtection) return;
  throw new Failure(
    `${environment} is protected against deletion: set deletionProtection to false in environments.ts and run` +
      ` \`npm run deploy -- ${environment}\` first.`,
  );
}

/** Terraform in the stack of an environment: synthesized, initialized, in its workspace. */
async function preparedTerraform(environment: string) {
  const { currentProject, OUTDIR, requireStack, synthesizeProject } = await import("./project");
  const { Terraform } = await import("./terraform");
  const { warnings } = await import("../settings/warnings");
  const project = currentProject();
  const terraform = new Terraform(requireStack(project, environment), OUTDIR);
  for (const warning of project.environments.filter(({ name }) => name === environment).flatMap(warnings)) {
    process.stderr.write(`Warning: ${warning}\n`);
  }
  await synthesizeProject(project);
  process.stderr.write(`Preparing ${environment}: providers, state, workspace …\n`);
  await terraform.prepare();
  return terraform;
}

program.parseAsync().catch((error: unknown) => {
  const expected = error instanceof Failure || error instanceof SettingsError;
  process.stderr.write(`${expected ? error.message : (error as Error)?.stack}\n`);
  process.exitCode = error instanceof Failure ? error.exitCode : 1;
});
