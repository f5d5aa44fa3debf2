import { Failure } from "../failure";

/** Which of Terraform's commands an option is for, and whether it has a value. */
interface TerraformOption {
  readonly value: "none" | "required" | "optional";
  readonly apply?: true;
  /** Why `plan`, or `deploy` and `destroy`, refuse it. */
  readonly refused?: { readonly plan?: string; readonly deploy?: string };
}

const SETTINGS = "what is deployed is written in environments.ts alone";
const OUTPUT = "deploy shows the plan and its review, and ends with an exit code of its own";
const STATE = "the state is where environments.ts says";

/** The options of `terraform plan` and `apply`: "Command: plan", Terraform's documentation, version 1.11. */
const OPTIONS: Readonly<Record<string, TerraformOption>> = {
  destroy: { value: "optional" },
  target: { value: "required" },
  replace: { value: "required" },
  parallelism: { value: "required", apply: true },
  "lock-timeout": { value: "required", apply: true },
  "no-color": { value: "none", apply: true },
  "compact-warnings": { value: "none", apply: true },
  lock: { value: "optional", apply: true, refused: { deploy: "two deployments at once would break the state" } },
  refresh: {
    value: "optional",
    refused: {
      deploy: "a plan that does not look at what is there cannot be reviewed: save one with `plan -out` instead",
    },
  },
  "refresh-only": { value: "optional", refused: { deploy: "it deploys nothing; `npm run drift` shows what it finds" } },
  out: { value: "required", refused: { deploy: "`npm run plan` saves a plan, and deploy applies it" } },
  "detailed-exitcode": { value: "none", refused: { deploy: OUTPUT } },
  json: { value: "none", refused: { deploy: OUTPUT } },
  "generate-config-out": { value: "required", refused: { deploy: OUTPUT } },
  input: { value: "optional", refused: { plan: "Terraform is asked nothing", deploy: "Terraform is asked nothing" } },
  var: { value: "required", refused: { plan: SETTINGS, deploy: SETTINGS } },
  "var-file": { value: "required", refused: { plan: SETTINGS, deploy: SETTINGS } },
  state: { value: "required", refused: { plan: STATE, deploy: STATE } },
  "state-out": { value: "required", refused: { plan: STATE, deploy: STATE } },
  backup: { value: "required", refused: { plan: STATE, deploy: STATE } },
};

/** What follows an environment's name on the command line. */
export interface TerraformArguments {
  readonly plan: readonly string[];
  /** Those of them that `terraform apply` is given too. */
  readonly apply: readonly string[];
  readonly autoApprove: boolean;
  readonly allowAll: boolean;
  /** What is no option: a saved plan. */
  readonly files: readonly string[];
}

/** Sorts what is meant for Terraform. Throws a {@link Failure} for what Terraform does not know, or must not be told. */
export function terraformArguments(command: "plan" | "deploy", args: readonly string[]): TerraformArguments {
  const [plan, apply, files]: [string[], string[], string[]] = [[], [], []];
  let [autoApprove, allowAll] = [false, false];
  const rest = [...args];
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    const [, name, assigned] = /^--?([a-z][a-z-]*)(?:=([\s\S]*))?$/.exec(arg) ?? [];
    if (!arg.startsWith("-")) files.push(arg);
    else if (name === "auto-approve" && command === "deploy")
      autoApprove = assigned === undefined || assigned === "true";
    else if (name === "allow-all" && command === "deploy") allowAll = true;
    else {
      const option = knownOption(command, arg, name);
      const value = assigned ?? (option.value === "required" ? rest.shift() : undefined);
      if (value === undefined && option.value === "required") throw new Failure(`${arg} needs a value.`, 64);
      const text = value === undefined ? `-${name}` : `-${name}=${value}`;
      plan.push(text);
      if (option.apply) apply.push(text);
    }
  }
  return { plan, apply, autoApprove, allowAll, files };
}

function knownOption(command: "plan" | "deploy", arg: string, name = ""): TerraformOption {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option) throw new Failure(`There is no option ${arg}: ${command} --help lists what there is.`, 64);
  const refused = option.refused?.[command];
  if (refused !== undefined) throw new Failure(`${arg} is not taken here: ${refused}.`, 64);
  return option;
}

/** The file that a plan with these options is saved to. */
export function savedTo(plan: readonly string[]): string | undefined {
  return plan.findLast((option) => option.startsWith("-out="))?.slice("-out=".length);
}
