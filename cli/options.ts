import { type Command, InvalidArgumentError, Option } from "commander";

/** An option's value that is a whole number within bounds. */
export function wholeNumber(min: number, max: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (Number.isInteger(number) && number >= min && number <= max) return number;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

/** Collects the values of an option that can be given more than once. */
export function collected(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export const ENVIRONMENT = "an environment of environments.ts";
export const STACK = "an environment of environments.ts, or state";

const FORMATS = ["text", "markdown", "json"] as const;

/** How a report is printed. */
export interface ReportOptions {
  readonly format: (typeof FORMATS)[number];
  /** File that it is written to instead of standard output. */
  readonly out?: string;
}

/** Makes a command one that prints a report, and says something by its exit code, so that a pipeline need not read. */
export function reports(command: Command, exitCodes: Readonly<Record<number, string>>): Command {
  const all = { ...exitCodes, 1: "something went wrong", 64: "something was named that there is not" };
  const lines = Object.entries(all).map(([code, meaning]) => `  ${code.padEnd(4)}${meaning}`);
  return command
    .addOption(new Option("--format <format>", "how it is printed").choices(FORMATS).default("text"))
    .option("--out <file>", "write it to a file, and print the verdict alone")
    .addHelpText("after", `\nExit codes:\n${lines.join("\n")}`)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64));
}
