import { type Command, InvalidArgumentError } from "commander";

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

/** How a report can be printed. */
export const FORMATS = ["text", "markdown", "json"] as const;

/** For commands whose exit code 1 means that something went wrong: what was typed wrong ends with 64. */
export function usageEndsWith64(command: Command): Command {
  return command.exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 64));
}
