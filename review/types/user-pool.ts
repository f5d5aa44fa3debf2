import { amount, at, isUnset, listed, texts, type Value } from "../value";
import {
  COMMON,
  COMPUTED,
  type Found,
  FREE,
  fixed,
  found,
  identity,
  larger,
  must,
  only,
  type ResourceType,
  rising,
  smaller,
  subset,
  superset,
  TAGS,
  when,
} from "./type";
import { schema } from "./user-pool-schema";
import { triggers } from "./user-pool-triggers";

const SAME = "Terraform would make a new, empty pool instead.";
const PASSWORD = (what: string) => `Users could choose ${what}, which is easier to guess.`;
const password = (what: string) => rising("user-pool-password", PASSWORD(what), [false, true], true);
const MAIL =
  "Mail and messages of the pool would come from another sender, or not at all: users could not confirm or recover.";
const FACTORS = "Users could sign in with a weaker proof than a password.";

export const USER_POOL: ResourceType = {
  type: "aws_cognito_user_pool",
  lost: ({ change }) => [
    found(
      "user-pool-lost",
      "Every account in the pool is deleted. Nothing brings them back: Cognito has no backup, and exports no passwords.",
    ),
    ...(at(change.before, "deletion_protection") === "ACTIVE" ? [PROTECTED] : []),
  ],
  forgotten: found(
    "forgotten",
    "The pool stays in the account, but nothing plans, checks or protects it here from now on, and the next deployment makes a second, empty one.",
  ),
  attributes: {
    ...COMMON,
    ...TAGS,
    name: identity("user-pool-lost", SAME),
    alias_attributes: identity("user-pool-lost", SAME),
    username_attributes: fixed("user-pool-lost", SAME),
    "username_configuration.case_sensitive": must(
      when(
        "guarded",
        "user-pool-case-sensitive",
        "The pool would tell `username` and `Username` apart: one person can then have two accounts. It cannot be changed later.",
        (from, to) => to === false || (from === true && to === true),
      ),
    ),
    schema,
    lambda_config: triggers,

    deletion_protection: rising(
      "user-pool-unprotected",
      "AWS would no longer refuse to delete the pool with all its accounts.",
      ["INACTIVE", "ACTIVE"],
      "INACTIVE",
    ),
    "admin_create_user_config.allow_admin_create_user_only": rising(
      "user-pool-open",
      "Anyone on the internet could create an account, where only administrators can today.",
      [false, true],
      false,
    ),
    auto_verified_attributes: must(
      superset(
        "user-pool-unverified",
        (less) =>
          `Cognito would no longer have new accounts prove their ${less}: they cannot be found by it, nor recover by it.`,
        "email",
      ),
    ),
    "user_attribute_update_settings.attributes_require_verification_before_update": must(
      superset(
        "user-pool-unverified-updates",
        (less) =>
          `A changed ${less} would count before its owner has proved it: an account could take over an address.`,
        "email",
      ),
    ),
    "account_recovery_setting.recovery_mechanism": {
      kind: "guarded",
      rule: "user-pool-recovery",
      finds: (from, to, { isNew }) => recovery(isNew ? undefined : names(from), names(to)),
    },
    mfa_configuration: rising(
      "user-pool-mfa",
      "Users would no longer be asked for a second factor: a stolen password is enough to sign in.",
      ["OFF", "OPTIONAL", "ON"],
      "OFF",
    ),
    "software_token_mfa_configuration.enabled": rising(
      "user-pool-mfa",
      "Users could no longer sign in with the authenticator app that they have registered.",
      [false, true],
      false,
    ),
    "user_pool_add_ons.advanced_security_mode": rising(
      "user-pool-threat-protection",
      "Cognito would no longer watch for stolen passwords and risky sign-ins, or no longer stop them.",
      ["OFF", "AUDIT", "ENFORCED"],
      "OFF",
    ),
    "user_pool_add_ons.advanced_security_additional_flows.custom_auth_mode": rising(
      "user-pool-threat-protection",
      "Cognito would no longer watch for risky sign-ins with custom authentication.",
      ["OFF", "AUDIT", "ENFORCED"],
      "OFF",
    ),
    user_pool_tier: rising(
      "user-pool-tier",
      "The pool would lose what the higher tier brings, such as threat protection and access token customization.",
      ["LITE", "ESSENTIALS", "PLUS"],
      "LITE",
    ),
    "password_policy.minimum_length": larger("user-pool-password", PASSWORD("a shorter password"), 8),
    "password_policy.require_lowercase": password("a password without lower-case letters"),
    "password_policy.require_uppercase": password("a password without upper-case letters"),
    "password_policy.require_numbers": password("a password without digits"),
    "password_policy.require_symbols": password("a password without symbols"),
    "password_policy.password_history_size": larger(
      "user-pool-password",
      PASSWORD("a password that they had before"),
      0,
    ),
    "password_policy.temporary_password_validity_days": smaller(
      "user-pool-password",
      "Temporary passwords, which are sent by mail, would stay valid for longer.",
      7,
      // 0 stands for Cognito's default.
      (value) => amount(value) || 7,
    ),
    "device_configuration.challenge_required_on_new_device": rising(
      "user-pool-devices",
      "A device that the pool does not know would no longer be challenged.",
      [false, true],
      false,
    ),
    "device_configuration.device_only_remembered_on_user_prompt": rising(
      "user-pool-devices",
      "Devices would be remembered without asking their users.",
      [false, true],
      false,
    ),
    "sign_in_policy.allowed_first_auth_factors": subset(
      "user-pool-sign-in",
      (more) => `${FACTORS} It adds ${more}.`,
      "PASSWORD",
    ),
    web_authn_configuration: fixed("user-pool-sign-in", FACTORS),
    email_mfa_configuration: fixed("user-pool-mfa", "The second factor would be sent by mail, or no longer be."),
    // Cognito's own sender, which is also what it answers where nothing is said.
    email_configuration: when(
      "guarded",
      "user-pool-mail",
      MAIL,
      (from, to) => isDefaultSender(from) && isDefaultSender(to),
    ),
    sms_configuration: fixed("user-pool-mail", MAIL),
    "verification_message_template.default_email_option": only(
      "user-pool-mail",
      "Users would confirm by a link where they have a code today, or the other way round.",
      "CONFIRM_WITH_CODE",
    ),

    // Texts that users read: AWS refuses those without the code that they are to bring.
    email_verification_message: FREE,
    email_verification_subject: FREE,
    sms_authentication_message: FREE,
    sms_verification_message: FREE,
    "admin_create_user_config.invite_message_template": FREE,
    "verification_message_template.email_message": FREE,
    "verification_message_template.email_message_by_link": FREE,
    "verification_message_template.email_subject": FREE,
    "verification_message_template.email_subject_by_link": FREE,
    "verification_message_template.sms_message": FREE,

    arn: COMPUTED,
    creation_date: COMPUTED,
    custom_domain: COMPUTED,
    domain: COMPUTED,
    endpoint: COMPUTED,
    estimated_number_of_users: COMPUTED,
    last_modified_date: COMPUTED,
  },
};

/** AWS refuses to delete it, after Terraform has deleted what belongs to it. */
const PROTECTED: Found = {
  rule: "user-pool-protected",
  why: "AWS refuses to delete this pool (deletion_protection is ACTIVE), after its clients, their secrets and its domain are gone already: deploy deletionProtection: false alone first.",
  allowable: false,
};

function isDefaultSender(value: Value): boolean {
  return (
    isUnset(value) ||
    (at(value, 0, "email_sending_account") === "COGNITO_DEFAULT" &&
      isUnset(at(value, 0, "from_email_address")) &&
      isUnset(at(value, 0, "source_arn")))
  );
}

function names(mechanisms: Value): string[] {
  if (!Array.isArray(mechanisms)) return [];
  return texts(mechanisms.map((mechanism) => at(mechanism, "name") ?? null)).sort();
}

function recovery(from: readonly string[] | undefined, to: readonly string[]): Found[] {
  if (from === undefined ? to.every((name) => name === "verified_email") : from.join() === to.join()) return [];
  const why =
    to.length === 0 || to.includes("admin_only")
      ? "Users who forget their password could no longer recover by themselves with a verified e-mail address."
      : `Accounts could be recovered by ${listed(to)}${from === undefined ? "" : `, not by ${listed(from)} alone`}: a stolen number or mailbox takes the account over.`;
  return [found("user-pool-recovery", why)];
}
