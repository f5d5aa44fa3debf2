import { type Command, InvalidArgumentError, Option } from "commander";
import { readableFile, writableFile } from "./files";
import { allowedLines } from "./review/allow-file";

/** An option's value that is a whole number within bounds. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** Whether a text is the id of a user pool: "UserPoolId", Cognito API reference. */
export function isPoolId(value: string): boolean {
  return /^[\w-]{1,45}_[0-9a-zA-Z]+$/.test(value);
}

/** An option's value that is the id of a user pool. */
export function poolId(value: string): string {
  if (isPoolId(value)) return value;
  throw new InvalidArgumentError("A user pool's id looks like eu-west-1_AbCdEfGhI.");
}

/** Collects the values of an option that can be given more than once. */
export function collected(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export const ENVIRONMENT = "an environment of environments.ts";
export const STACK = "an environment of environments.ts, or state";

/** What a caller agrees to in advance, of what a review blocks. */
export interface Allowances {
  readonly allow?: readonly string[];
  /** File of more of them, by environment. */
  readonly allowFile?: string;
}

export function allows(command: Command): Command {
  return command
    .option("--allow <address>", "let through what is blocked there; can be given more than once", collected)
    .option(
      "--allow-file <file>",
      "the same, a line each: <environment> <address>; what follows a # does not count",
      allowFile,
    );
}

/** A file of allowances that can be read: what is wrong in it is said before a plan is made. */
function allowFile(named: string): string {
  const file = readableFile(named);
  allowedLines(file);
  return file;
}

/** What is agreed to before a plan is there. */
export interface Approvals extends Allowances {
  /** Whether the plan is applied without a question. */
  readonly autoApprove?: boolean;
}

/** Makes a command one that deploys what a review does not block. */
export function approvable(command: Command): Command {
  const blocked = { 3: "blocked: nothing was changed; the review lists what would have to be allowed" };
  return exitCodes(allows(command), blocked).option(
    "--auto-approve",
    "do not ask: for pipelines, which have no terminal",
  );
}

const FORMATS = ["text", "markdown", "json"] as const;

/** How a report is printed. */
export interface ReportOptions {
  readonly format: (typeof FORMATS)[number];
  /** File that it is written to instead of standard output. */
  readonly out?: string;
}

/** Makes a command one that prints a report, and says something by its exit code, so that a pipeline need not read. */
export function reports(command: Command, meanings: ExitCodes): Command {
  return exitCodes(command, meanings)
    .addOption(new Option("--format <format>", "how it is printed").choices(FORMATS).default("text"))
    .option("--out <file>", "write it to a file, and print the verdict alone", writableFile);
}

/** What a review says by its exit code. */
export const REVIEW_EXIT_CODES: ExitCodes = {
  0: "nothing to do",
  2: "changes to sign",
  3: "blocked: not to be applied unless every address that is blocked is named with --allow",
};

/** What a command's exit codes mean. */
export type ExitCodes = Readonly<Record<number, string>>;

/** What they mean in every command; where a command says something else, that counts. */
const EVERY_COMMANDS: ExitCodes = {
  0: "done, or nothing to do",
  1: "it could not be done",
  64: "the command was called wrongly; nothing was done",
  129: "interrupted by SIGHUP (130 by SIGINT, 143 by SIGTERM)",
};

const explained = new WeakMap<Command, ExitCodes>();

/** Says in a command's help what its exit codes mean. */
export function exitCodes(command: Command, meanings: ExitCodes = {}): Command {
  explained.set(command, meanings);
  const lines = Object.entries({ ...EVERY_COMMANDS, ...meanings }).map(([code, text]) => `  ${code.padEnd(5)}${text}`);
  return command.addHelpText("after", `\nExit codes:\n${lines.join("\n")}`);
}

/** The same for every command below this one that has not said it. A group of commands has the exit codes of all of them. */
export function explainExitCodes(program: Command): void {
  for (const command of program.commands) {
    explainExitCodes(command);
    if (explained.has(command)) continue;
    // Where commands of a group mean different things by a code, the first one's meaning stands for them.
    exitCodes(command, Object.assign({}, ...command.commands.map((one) => explained.get(one)).reverse()));
  }
}
