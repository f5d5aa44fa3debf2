import type { Command } from "commander";
import { describeError } from "./describe-error";
import { Failure } from "./failure";
import { endOnSignals, Interrupted } from "./signals";

/** Runs the command that the process was called with, to its exit code. */
export function runProgram(program: Command): void {
  endOnSignals();
  program.parseAsync().catch((error: unknown) => {
    if (error instanceof Interrupted) {
      process.stderr.write(`${error.message}\n`);
      process.exit(error.exitCode);
    }
    process.stderr.write(`${describeError(error)}\n`);
    process.exitCode = error instanceof Failure ? error.exitCode : 1;
  });
}
