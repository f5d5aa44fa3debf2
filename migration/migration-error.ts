/** Something that the operator of a migration can do something about: what is wrong, where, and what to do, in one sentence. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}
