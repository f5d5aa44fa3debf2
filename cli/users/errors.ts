import { fileProblem } from "../../migration/file-problem";
import { MigrationError } from "../../migration/migration-error";
import { withAwsErrors } from "../aws";
import { Failure } from "../failure";

/** Runs a part of a migration. Turns errors that the operator can fix into a {@link Failure}. */
export function withMigrationErrors<T>(work: () => Promise<T>): Promise<T> {
  return withAwsErrors(async () => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof MigrationError) throw new Failure(error.message, error.exitCode);
      const problem = fileProblem(error);
      if (problem !== undefined) throw new Failure(`${(error as NodeJS.ErrnoException).path ?? "A file"}: ${problem}.`);
      throw error;
    }
  });
}
