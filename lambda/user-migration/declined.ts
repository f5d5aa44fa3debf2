import type { Reason as SignUpReason } from "../trigger/messages";
import { withoutFullStop } from "../trigger/refusal";

/**
 * What a user reads whose account does not move. Cognito shows its own words to a client that hides which users exist;
 * these give nothing away where it does not: neither whether an account is there, nor what keeps it from moving. The log
 * says both.
 */
export const MESSAGES = {
  declined: "Incorrect username or password.",
  unavailable: "Sign-in is not possible at the moment. Please try again in a few minutes.",
} as const;

/** Why an account does not move. What a sign-up is refused for, an account from the old pool is not let in with either. */
export type Reason =
  /** The old pool has no such account, or the password is not its. Cognito may say one where it is the other. */
  | "notFound"
  | "wrongPassword"
  /** It never confirmed, was switched off, has to reset its password first, or was invited and never came. */
  | "notConfirmed"
  | "disabled"
  | "resetRequired"
  | "newPasswordRequired"
  /** A second factor cannot be carried over, and is not dropped silently. */
  | "mfa"
  /** The old pool asks for something else, or its own triggers refuse. */
  | "challenge"
  | "oldPoolRefuses"
  /** A forgotten password is reset by e-mail, to a verified address only. */
  | "emailNotVerified"
  /** The username looks like an e-mail address, which a pool with an e-mail alias does not take. */
  | "usernameIsEmail"
  /** Another account of the old pool counts as the same person: an operator decides. */
  | "conflict"
  | Exclude<SignUpReason, "unavailable">;

/**
 * An account that does not move. Lambda writes a thrown error's name and message to the log, and Cognito may show the
 * message: neither holds anything that the caller sent, nor a stack trace.
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
