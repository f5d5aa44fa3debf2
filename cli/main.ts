import { Command } from "commander";
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
