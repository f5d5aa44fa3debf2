import { Failure } from "../failure";
import { suggestion } from "../suggestion";

/** Which of Terraform's commands an option is for, whether it has a value, and what help says of it. */
interface TerraformOption {
  readonly value: "none" | "required" | "optional";
  /** How help writes it, with its value. */
  readonly usage: string;
  readonly help: string;
  readonly apply?: true;
  /** Why `plan`, or `deploy` and `destroy`, refuse it. */
  readonly refused?: { readonly plan?: string; readonly deploy?: string };
}

type TerraformCommand = "plan" | "deploy";

const SETTINGS = "what is deployed is written in environments.ts alone";
const OUTPUT = "deploy shows the plan and its review, and ends with an exit code of its own";
const STATE = "the state is where environments.ts says";

/** An option that neither command takes. */
function refused(value: TerraformOption["value"], why: string): TerraformOption {
  return { value, usage: "", help: "", refused: { plan: why, deploy: why } };
}

/** The options of `terraform plan` and `apply`: "Command: plan", Terraform's documentation, version 1.11. */
const OPTIONS: Readonly<Record<string, TerraformOption>> = {
  replace: { value: "required", usage: "-replace=<address>", help: "delete this resource and make it anew" },
  target: { value: "required", usage: "-target=<address>", help: "this resource and what it needs, nothing else" },
  destroy: { value: "optional", usage: "-destroy", help: "delete everything" },
  parallelism: { value: "required", apply: true, usage: "-parallelism=<number>", help: "calls at the same time (10)" },
  "lock-timeout": {
    value: "required",
    apply: true,
    usage: "-lock-timeout=<time>",
    help: "how long to wait for the state's lock, such as 3m",
  },
  "no-color": { value: "none", apply: true, usage: "-no-color", help: "print no colours" },
  "compact-warnings": {
    value: "none",
    apply: true,
    usage: "-compact-warnings",
    help: "print warnings in one line each",
  },
  out: {
    value: "required",
    usage: "-out=<file>",
    help: "save the plan; a relative path is one in the stack's folder",
    refused: { deploy: "`npm run plan` saves a plan, and deploy applies it" },
  },
  "detailed-exitcode": {
    value: "none",
    usage: "-detailed-exitcode",
    help: "end with exit code 2 if there are changes",
    refused: { deploy: OUTPUT },
  },
  json: { value: "none", usage: "-json", help: "print lines of JSON", refused: { deploy: OUTPUT } },
  "refresh-only": {
    value: "optional",
    usage: "-refresh-only",
    help: "only what was changed outside of Terraform",
    refused: { deploy: "it deploys nothing; `npm run drift` shows what it finds" },
  },
  refresh: {
    value: "optional",
    usage: "-refresh=false",
    help: "do not look at what is there",
    refused: {
      deploy: "a plan that does not look at what is there cannot be reviewed: save one with `plan -out` instead",
    },
  },
  lock: {
    value: "optional",
    apply: true,
    usage: "-lock=false",
    help: "do not lock the state",
    refused: { deploy: "two deployments at once would break the state" },
  },
  "generate-config-out": {
    value: "required",
    usage: "-generate-config-out=<file>",
    help: "write configuration for what is imported",
    refused: { deploy: OUTPUT },
  },
  input: refused("optional", "Terraform is asked nothing"),
  var: refused("required", SETTINGS),
  "var-file": refused("required", SETTINGS),
  state: refused("required", STATE),
  "state-out": refused("required", STATE),
  backup: refused("required", STATE),
};

/** The options of Terraform's that a command takes, as its help lists them. */
export function terraformOptionsHelp(command: TerraformCommand): string {
  const taken = takenBy(command).flatMap((name) => OPTIONS[name] ?? []);
  const width = Math.max(...taken.map(({ usage }) => usage.length));
  const lines = taken.map(({ usage, help }) => `  ${usage.padEnd(width)}  ${help}`);
  return `\nTerraform's options, which follow the environment's name:\n${lines.join("\n")}`;
}

function takenBy(command: TerraformCommand): string[] {
  return Object.keys(OPTIONS).filter((name) => OPTIONS[name]?.refused?.[command] === undefined);
}

/** Options that are this project's own. */
const APPROVALS = ["--allow", "--allow-all", "--allow-file", "--auto-approve"];

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
export function terraformArguments(command: TerraformCommand, args: readonly string[]): TerraformArguments {
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
      if (option.value === "required" && !value) throw new Failure(`-${name} needs a value: ${option.usage}.`, 64);
      const text = value === undefined ? `-${name}` : `-${name}=${value}`;
      plan.push(text);
      if (option.apply) apply.push(text);
    }
  }
  return { plan, apply, autoApprove, allowAll, files };
}

function knownOption(command: TerraformCommand, arg: string, name = ""): TerraformOption {
  const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
  if (!option) {
    const names = takenBy(command).map((taken) => `-${taken}`);
    const guess = suggestion(arg.replace(/=.*/s, ""), [...names, ...(command === "deploy" ? APPROVALS : [])]);
    throw new Failure(`There is no option ${arg}.${guess} --help lists the options.`, 64);
  }
  const refusal = option.refused?.[command];
  if (refusal !== undefined) throw new Failure(`${arg} is not taken here: ${refusal}.`, 64);
  return option;
}

/** The file that a plan with these options is saved to. */
export function savedTo(plan: readonly string[]): string | undefined {
  return plan.findLast((option) => option.startsWith("-out="))?.slice("-out=".length);
}
