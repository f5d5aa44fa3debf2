import { MESSAGES, type Reason } from "./messages";

/**
 * The refusal of a sign-up. Lambda writes a thrown error's name and message to the log, and Cognito shows the message to the
 * user. So neither may contain input of the caller or a stack trace.
 */
export class Refusal extends Error {
  override readonly name = "Refusal";

  constructor(
    readonly reason: Reason,
    message: string = MESSAGES[reason],
  ) {
    super(withoutFullStop(message));
    this.stack = `${this.name}: ${this.message}`;
  }
}

/** Cognito adds a full stop to the message: "PreSignUp failed with error <message>." */
export function withoutFullStop(message: string): string {
  return message.replace(/(?<![.。])[.。]\s*$/u, "");
}
