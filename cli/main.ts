import { describeError } from "./describe-error";
import { Failure } from "./failure";
import { program } from "./program";
import { endOnSignals, Interrupted } from "./signals";

endOnSignals();
program.parseAsync().catch((error: unknown) => {
  if (error instanceof Interrupted) {
    process.stderr.write(`${error.message}\n`);
    process.exit(error.exitCode);
  }
  process.stderr.write(`${describeError(error)}\n`);
  process.exitCode = error instanceof Failure ? error.exitCode : 1;
});
