import type { Command } from "commander";
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
    .argument(
      "[options...]",
      "what terraform plan takes, such as -out=<file>, -detailed-exitcode or -replace=<address>",
    )
    .allowUnknownOption();
  exitCodes(command, { 2: "with -detailed-exitcode: there are changes" }).action(
    async (environment: string, args: string[]) => {
      const { terraformArguments } = await import("../deploy/options");
      const { showPlan } = await import("../deploy/show-plan");
      const { plan, files } = terraformArguments("plan", args);
      refuseFiles(files);
      process.exitCode = await showPlan(environment, plan);
    },
  );
}

function registerDeploy(program: Command): void {
  const command = program
    .command("deploy")
    .description("show and review what would change, ask, and do it")
    .argument("<environment>", STACK)
    .argument(
      "[plan]",
      "a plan that `plan -out=<file>` saved, instead of a new one; it is reviewed, and applied unasked",
    )
    .argument("[options...]", "what terraform plan takes, such as -replace=<address> or -destroy")
    .allowUnknownOption();
  approvable(command).action(
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
    .argument("[options...]", "what terraform plan takes")
    .option("--allow-all", "let everything through that is blocked and can be allowed")
    .allowUnknownOption();
  approvable(command).action(async (environment: string, rest: string[], options: Options) => {
    await deploy("destroy", environment, ["-destroy", ...rest], options);
  });
}

async function deploy(name: string, environment: string, args: readonly string[], options: Options): Promise<void> {
  const { terraformArguments } = await import("../deploy/options");
  const { deployReviewed } = await import("../deploy/deploy");
  const { isUnfinished } = await import("../deploy/unfinished");
  const { planFile } = await import("../review/plan-file");
  const { withStack } = await import("../stack");
  const { files, allowAll, ...terraformOptions } = terraformArguments("deploy", args);
  const autoApprove = terraformOptions.autoApprove || options.autoApprove === true;
  const [file, ...others] = files;
  refuseFiles(others);
  if (file !== undefined && terraformOptions.plan.some((option) => !terraformOptions.apply.includes(option))) {
    throw new Failure(
      `A saved plan is applied as it is: ${terraformOptions.plan.join(" ")} cannot be said with it.`,
      64,
    );
  }
  // What was in the making when Terraform stopped can be there, and in no state.
  const everything = name === "deploy" && file === undefined && terraformOptions.plan.length === 0;
  if (everything && isUnfinished(environment)) {
    note("The last deployment was interrupted: taking back what it made, and making the rest.");
    const { withAwsErrors } = await import("../aws");
    const { recover } = await import("../recover/recover");
    return withAwsErrors(() => recover(environment, { approvals: { ...options, autoApprove } }));
  }
  await withStack(environment, name, async (terraform) => {
    await deployReviewed(terraform, {
      ...terraformOptions,
      command: [
        "npm run",
        name,
        "--",
        environment,
        ...args.filter((arg) => name !== "destroy" || arg !== "-destroy"),
      ].join(" "),
      savedPlan: file === undefined ? undefined : planFile(file, terraform.folder),
      ...options,
      allowAll: allowAll || options.allowAll === true,
      autoApprove,
    });
  });
}

function refuseFiles(files: readonly string[]): void {
  if (files.length > 0) throw new Failure(`${files.join(" ")} is not known here: --help says what is.`, 64);
}
