import { field } from "../trigger/event";
import { Declined } from "./declined";

export const TRIGGERS = ["UserMigration_Authentication", "UserMigration_ForgotPassword"] as const;
export type Trigger = (typeof TRIGGERS)[number];

interface Common {
  /** The pool that the account may move to. */
  readonly userPoolId: string;
  /** As typed: a username, or an e-mail address that the old pool takes for one. */
  readonly username: string;
}

/** A sign-in of a user that the pool does not know, read from an event that may hold anything. */
export type SignIn =
  | (Common & { readonly trigger: "UserMigration_Authentication"; readonly password: string })
  | (Common & { readonly trigger: "UserMigration_ForgotPassword" });

/** "Username" of AdminInitiateAuth, Cognito API reference; anything else the old pool would call malformed. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;
/** "Password" of SignUp, Cognito API reference: characters. */
const LONGEST_PASSWORD = 256;

/**
 * Reads a user-migration event. Throws {@link Declined}: for good reasons where a person typed what no account has, as
 * unavailable where the event is not as Cognito sends it.
 *
 * `validationData` and `clientMetadata` are the caller's own words and are not read.
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
