import { field } from "../trigger/event";
import { Declined } from "./declined";

export const TRIGGERS = ["UserMigration_Authentication", "UserMigration_ForgotPassword"] as const;
export type Trigger = (typeof TRIGGERS)[number];

interface Common {
  /** The pool to which the account may be migrated. */
  readonly userPoolId: string;
  /** As typed: a username, or an e-mail address that the old pool accepts as one. */
  readonly username: string;
}

/** A sign-in of a user that the pool does not know, read from an untrusted event. */
export type SignIn =
  | (Common & { readonly trigger: "UserMigration_Authentication"; readonly password: string })
  | (Common & { readonly trigger: "UserMigration_ForgotPassword" });

/** "Username" of AdminInitiateAuth, Cognito API reference; the old pool rejects any other text. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** "Password" of SignUp, Cognito API reference: characters. */
const LONGEST_PASSWORD = 256;

/**
 * Reads a user-migration event. Throws {@link Declined}: with a reason for input that no account can have, and as unavailable
 * if the event is malformed.
 *
 * `validationData` and `clientMetadata` come from the caller and are not read.
 */
export function readSignIn(event: unknown): SignIn {
  const trigger = TRIGGERS.find((known) => known === field(event, "triggerSource"));
  const userPoolId = field(event, "userPoolId");
  const username = field(event, "userName");
  if (!trigger || typeof userPoolId !== "string" || userPoolId === "" || typeof username !== "string") {
    throw new Declined("unavailable");
  }
  if (!USERNAME.test(username)) throw new Declined("notFound");
  if (trigger === "UserMigration_ForgotPassword") return { trigger, userPoolId, username };

  const password = field(field(event, "request"), "password");
  if (typeof password !== "string") throw new Declined("unavailable");
  if (password === "" || password.length > LONGEST_PASSWORD) throw new Declined("wrongPassword");
  return { trigger, userPoolId, username, password };
}
