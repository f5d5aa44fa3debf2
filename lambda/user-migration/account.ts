import { canonicalOf, type Identifiers } from "../identity/account";
import type { Wanted } from "../uniqueness/wanted";
import { Declined, type Reason } from "./declined";
import type { SignIn } from "./event";
import type { OldAccount } from "./old-pool";

/**
 * The attributes that are migrated: OpenID Connect's standard attributes. Not migrated are `sub` and `identities`, which belong
 * to the old pool; `updated_at`, which Cognito sets; and custom attributes, which the new pool does not have: Cognito refuses
 * an account with an unknown attribute.
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

/** Attributes with a verification status. Only the old pool's status is used. */
const PROVED = { email: "email_verified", phone_number: "phone_number_verified" } as const;

/** "Response parameters" of the migrate user trigger, Cognito developer guide. */
export interface Answer {
  readonly userAttributes: Readonly<Record<string, string>>;
  /** Left out for a forgotten password: Cognito sends a code, and the new password confirms the account. */
  readonly finalUserStatus?: "CONFIRMED";
  readonly messageAction: "SUPPRESS";
  readonly desiredDeliveryMediums: readonly string[];
  /** True would move an e-mail address away from the account that has it. */
  readonly forceAliasCreation: false;
}

/** Throws {@link Declined} if the account must not be migrated by this trigger. */
export function requireMovable(account: OldAccount, trigger: SignIn["trigger"], identifiers: Identifiers): void {
  const reason = unmovable(account, trigger, identifiers);
  if (reason) throw new Declined(reason);
}

/** What a username may not look like in a pool whose users can sign in with one, and the reason to decline it. */
const FORMS = [
  { name: "email", form: /^[^@]+@[^@]+$/, reason: "usernameIsEmail" },
  { name: "phone_number", form: /^\+\d+$/, reason: "usernameIsPhone" },
] as const;

/**
 * The username in the new pool. Throws {@link Declined} if the pool does not accept it. With `renameToId` such an account gets its old id as
 * username, as with `users plan --rename-to-id`, if its user can go on signing in with what was typed: that is its verified address or number.
 */
export function newUsername(
  { username, attributes }: OldAccount,
  identifiers: Identifiers,
  renameToId: boolean,
): string {
  const refused = FORMS.find(({ name, form }) => identifiers[name] && form.test(username));
  if (!refused) return username;
  const { name, reason } = refused;
  const [value, sub] = [attributes.get(name), attributes.get("sub")];
  const signsIn = value !== undefined && canonicalOf(name, value) === canonicalOf(name, username);
  if (renameToId && sub && signsIn && attributes.get(PROVED[name]) === "true") return sub;
  throw new Declined(reason);
}

function unmovable(
  { status, disabled, secondFactor, attributes }: OldAccount,
  trigger: SignIn["trigger"],
  identifiers: Identifiers,
): Reason | undefined {
  const forgotten = trigger === "UserMigration_ForgotPassword";
  if (disabled) return "disabled";
  if (status === "FORCE_CHANGE_PASSWORD") return "newPasswordRequired";
  if (status === "RESET_REQUIRED" && !forgotten) return "resetRequired";
  if (status !== "CONFIRMED" && status !== "RESET_REQUIRED") return "notConfirmed";
  // Access to the mailbox is enough to reset the password, so a second factor would be dropped without a check.
  if (secondFactor) return "mfa";
  const proved = (name: keyof typeof PROVED) => identifiers[name] && attributes.get(PROVED[name]) === "true";
  if (forgotten && !proved("email") && !proved("phone_number")) {
    return identifiers.email ? "emailNotVerified" : "phoneNotVerified";
  }
  return undefined;
}

/** The response from which Cognito creates the new account. */
export function answerFor(
  { attributes }: OldAccount,
  { username, preferred_username }: Wanted,
  trigger: SignIn["trigger"],
): Answer {
  const userAttributes: Record<string, string> = {
    // Not what the user typed, which may be the e-mail address.
    username: username.typed,
  };
  for (const name of CARRIED) {
    const value = attributes.get(name);
    if (value && !(preferred_username && name === "preferred_username")) userAttributes[name] = value;
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
