import type { Reason as SignUpReason } from "../trigger/messages";
import { withoutFullStop } from "../trigger/refusal";

/**
 * Messages to the user about a declined migration. If the client hides which users exist, Cognito shows its own message.
 * Otherwise it shows these. They reveal neither whether an account exists nor why it is not migrated. The log has both.
 */
export const MESSAGES = {
  declined: "Incorrect username or password.",
  unavailable: "Sign-in is not possible at the moment. Please try again in a few minutes.",
} as const;

/** Why an account is not migrated. The reasons to refuse a sign-up apply to an account of the old pool too. */
export type Reason =
  /** The account does not exist in the old pool, or the password is wrong. Cognito may report either for both. */
  | "notFound"
  | "wrongPassword"
  /** It is unconfirmed, is disabled, must reset its password first, or is an unused invitation. */
  | "notConfirmed"
  | "disabled"
  | "resetRequired"
  | "newPasswordRequired"
  /** It has a second factor, which cannot be migrated and is not dropped silently. */
  | "mfa"
  /** The old pool asks for another challenge, or its own triggers refuse. */
  | "challenge"
  | "oldPoolRefuses"
  /** The password is reset by e-mail, which requires a verified address. */
  | "emailNotVerified"
  /** The same where users have no e-mail address to sign in with. */
  | "phoneNotVerified"
  /** The username has the form of an e-mail address, which a pool with an e-mail alias does not accept. */
  | "usernameIsEmail"
  | "usernameIsPhone"
  /** The old pool has a duplicate of the account: an operator must decide. */
  | "conflict"
  | Exclude<SignUpReason, "unavailable">;

/**
 * A declined migration. Lambda writes a thrown error's name and message to the log, and Cognito may show the message. So neither
 * contains input of the caller or a stack trace.
 */
export class Declined extends Error {
  override readonly name = "Declined";

  constructor(
    readonly reason: Reason | "unavailable",
    message: string = reason === "unavailable" ? MESSAGES.unavailable : MESSAGES.declined,
  ) {
    super(withoutFullStop(message));
    this.stack = `${this.name}: ${this.message}`;
  }
}
