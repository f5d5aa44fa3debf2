import type { Wanted } from "../uniqueness/wanted";
import { Declined, type Reason } from "./declined";
import type { SignIn } from "./event";
import type { OldAccount } from "./old-pool";

/**
 * What an account takes with it: OpenID Connect's standard attributes. Not `sub` and `identities`, which are the old
 * pool's; not `updated_at`, which Cognito keeps; not custom attributes, which the new pool does not have, and Cognito
 * refuses an account for one that it does not know.
 */
const CARRIED = [
  "address",
  "birthdate",
  "email",
  "family_name",
  "gender",
  "given_name",
  "locale",
  "middle_name",
  "name",
  "nickname",
  "phone_number",
  "picture",
  "preferred_username",
  "profile",
  "website",
  "zoneinfo",
] as const;

/** Attributes that were proved, or not: never more than the old pool says. */
const PROVED = { email: "email_verified", phone_number: "phone_number_verified" } as const;

/** "Response parameters" of the migrate user trigger, Cognito developer guide. */
export interface Answer {
  readonly userAttributes: Readonly<Record<string, string>>;
  /** Left out for a forgotten password: Cognito sends a code, and the new password confirms the account. */
  readonly finalUserStatus?: "CONFIRMED";
  readonly messageAction: "SUPPRESS";
  readonly desiredDeliveryMediums: readonly string[];
  /** True would take an e-mail address away from the account that has it. */
  readonly forceAliasCreation: false;
}

/** Throws {@link Declined} for an account that may not move in this way. */
export function requireMovable(account: OldAccount, trigger: SignIn["trigger"]): void {
  const reason = unmovable(account, trigger);
  if (reason) throw new Declined(reason);
}

function unmovable(
  { username, status, disabled, secondFactor, attributes }: OldAccount,
  trigger: SignIn["trigger"],
): Reason | undefined {
  const forgotten = trigger === "UserMigration_ForgotPassword";
  if (disabled) return "disabled";
  if (status === "FORCE_CHANGE_PASSWORD") return "newPasswordRequired";
  if (status === "RESET_REQUIRED" && !forgotten) return "resetRequired";
  if (status !== "CONFIRMED" && status !== "RESET_REQUIRED") return "notConfirmed";
  // Access to the mailbox is enough to reset the password: a second factor would be dropped without having been shown.
  if (secondFactor) return "mfa";
  if (/^[^@]+@[^@]+$/.test(username)) return "usernameIsEmail";
  if (forgotten && attributes.get("email_verified") !== "true") return "emailNotVerified";
  return undefined;
}

/** What Cognito makes the new account of. */
export function answerFor({ attributes }: OldAccount, { username }: Wanted, trigger: SignIn["trigger"]): Answer {
  const userAttributes: Record<string, string> = {
    // A user who typed an e-mail address keeps the username.
    username: username.typed,
  };
  for (const name of CARRIED) {
    const value = attributes.get(name);
    if (value) userAttributes[name] = value;
  }
  for (const [name, proof] of Object.entries(PROVED)) {
    if (userAttributes[name]) userAttributes[proof] = String(attributes.get(proof) === "true");
  }
  return {
    userAttributes,
    ...(trigger === "UserMigration_Authentication" && { finalUserStatus: "CONFIRMED" as const }),
    messageAction: "SUPPRESS",
    desiredDeliveryMediums: [],
    forceAliasCreation: false,
  };
}
