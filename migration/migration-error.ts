/** An error that the operator can fix. Its message says in one sentence what is wrong, where, and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";

  /** @param exitCode 2 where a person has to decide something first */
  constructor(
    message: string,
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
  }
}
