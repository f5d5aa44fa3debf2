import type { Command } from "commander";
import { asCalled } from "../called";
import { terraformArguments, terraformOptionsHelp } from "../deploy/options";
import { Failure } from "../failure";
import { type Approvals, approvable, exitCodes, STACK } from "../options";
import { note } from "../print";

interface Options extends Approvals {
  readonly allowAll?: true;
}

export function register(program: Command): void {
  registerPlan(program);
  registerDeploy(program);
  registerDestroy(program);
}

function registerPlan(program: Command): void {
  const command = program
    .command("plan")
    .description("show what a deployment would change; changes nothing")
    .argument("<environment>", STACK)
    .argument("[options...]", "options of terraform plan, as they are listed below")
    .addHelpText("after", terraformOptionsHelp("plan"))
    .allowUnknownOption();
  exitCodes(command, { 2: "with -detailed-exitcode: there are changes" }).action(
    async (environment: string, args: string[]) => {
      const { plan, files } = terraformArguments("plan", args);
      refuseFiles(files);
      const { showPlan } = await import("../deploy/show-plan");
      process.exitCode = await showPlan(environment, plan);
    },
  );
}

function registerDeploy(program: Command): void {
  const command = program
    .command("deploy")
    .description("show and review what would change, ask, and do it")
    .argument("<environment>", STACK)
    .argument("[plan]", "a plan that `plan -out=<file>` saved: it is reviewed, and applied without a question")
    .argument("[options...]", "options of terraform plan, as they are listed below")
    .addHelpText("after", terraformOptionsHelp("deploy"))
    .allowUnknownOption();
  approvable(allowsAll(command)).action(
    async (environment: string, plan: string | undefined, rest: string[], options: Options) => {
      await deploy("deploy", environment, plan === undefined ? rest : [plan, ...rest], options);
    },
  );
}

function registerDestroy(program: Command): void {
  const command = program
    .command("destroy")
    .description("show and review what would be deleted, ask, and do it")
    .argument("<environment>", STACK)
    .argument("[options...]", "options of terraform plan, as they are listed below")
    .addHelpText("after", terraformOptionsHelp("deploy"))
    .allowUnknownOption();
  approvable(allowsAll(command)).action(async (environment: string, rest: string[], options: Options) => {
    await deploy("destroy", environment, ["-destroy", ...rest], options);
  });
}

function allowsAll(command: Command): Command {
  return command.option("--allow-all", "for a plan that only deletes: let everything through that can be allowed");
}

async function deploy(name: string, environment: string, args: readonly string[], options: Options): Promise<void> {
  const { files, allowAll, ...terraformOptions } = terraformArguments("deploy", args);
  const autoApprove = terraformOptions.autoApprove || options.autoApprove === true;
  const [file, ...others] = files;
  if (name === "destroy") refuseSavedPlan(file, environment);
  refuseFiles(others);
  if (file !== undefined && terraformOptions.plan.some((option) => !terraformOptions.apply.includes(option))) {
    throw new Failure(
      `A saved plan is applied as it is: ${terraformOptions.plan.join(" ")} cannot be said with it.`,
      64,
    );
  }
  const { deployReviewed } = await import("../deploy/deploy");
  const { isUnfinished } = await import("../deploy/unfinished");
  const { currentProject, requireStack, stackFolder } = await import("../project");
  const { planFile, requireSavedPlan } = await import("../review/plan-file");
  const { withStack } = await import("../stack");
  requireStack(currentProject(), environment);
  const savedPlan = file === undefined ? undefined : requireSavedPlan(planFile(file, stackFolder(environment)));
  // What was in the making when Terraform stopped can be there, and in no state.
  const everything = name === "deploy" && file === undefined && terraformOptions.plan.length === 0;
  if (everything && isUnfinished(environment)) {
    note("The last deployment was interrupted: taking back what it made, and making the rest.");
    const { withAwsErrors } = await import("../aws");
    const { recover } = await import("../recover/recover");
    const command = asCalled("recover");
    return withAwsErrors(() => recover(environment, { approvals: { ...options, autoApprove }, command }));
  }
  await withStack(environment, name, async (terraform) => {
    await deployReviewed(terraform, {
      ...terraformOptions,
      command: asCalled(),
      savedPlan,
      ...options,
      allowAll: allowAll || options.allowAll === true,
      autoApprove,
    });
  });
}

function refuseSavedPlan(file: string | undefined, environment: string): void {
  if (file === undefined) return;
  throw new Failure(
    `destroy takes no saved plan: save one with \`npm run plan -- ${environment} -destroy -out=<file>\`, and apply it` +
      ` with \`npm run deploy -- ${environment} <file>\`.`,
    64,
  );
}

function refuseFiles(files: readonly string[]): void {
  if (files.length > 0) throw new Failure(`${files.join(" ")} is not known here: --help says what is.`, 64);
}
