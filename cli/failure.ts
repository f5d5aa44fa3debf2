/** Something that the person at the keyboard can do something about: its message is all that is printed. */
export class Failure extends Error {
  override readonly name = "Failure";

  constructor(
    message: string,
    readonly exitCode = 1,
  ) {
    super(message);
  }
}
