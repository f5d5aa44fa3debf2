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
      throw error;
    }
  });
}
