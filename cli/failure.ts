import { SettingsError } from "../settings/problems";

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

/** What is printed about an error: the message where it says what to do, otherwise the stack. */
export function describeError(error: unknown): string | undefined {
  if (error instanceof Failure || error instanceof SettingsError) return error.message;
  return error instanceof Error ? error.stack : String(error);
}
