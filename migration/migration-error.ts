/** An error that the operator can fix. Its message says in one sentence what is wrong, where, and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}
