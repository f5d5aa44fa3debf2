import { configuredAs, expressionAt, templateOf } from "../configuration";
import { after, amount, at, currentOf, isUnset, listed, texts, UNKNOWN, type Value } from "../value";
import { sendsTexts } from "./iam-role";
import { messageText } from "./message-texts";
import {
  type At,
  type Attribute,
  begins,
  COMMON,
  COMPUTED,
  type Found,
  found,
  identity,
  larger,
  must,
  type ResourceType,
  rising,
  smaller,
  TAGS,
  when,
} from "./type";
import { schema, signInAttributes } from "./user-pool-schema";
import { triggers } from "./user-pool-triggers";

const SAME = "Terraform would make a new, empty pool instead.";
const PASSWORD = (what: string) => `Users could choose ${what}, which is easier to guess.`;
const password = (what: string) => rising("user-pool-password", PASSWORD(what), [false, true], false);
const MAIL =
  "Mail and messages of the pool would come from another sender, or not at all: users could not confirm or recover.";
const FACTORS = "Users could sign in with a weaker proof than a password.";

/** Attributes that accounts prove: none is lost, and a new pool has those that its users sign in with. */
function proving(rule: string, why: (less: string) => string): Attribute {
  return {
    kind: "safer",
    rule,
    finds: (from, to, { isNew, change }) => {
      const least = isNew ? signInAttributes(change).filter((name) => name !== "preferred_username") : texts(from);
      const less = least.filter((name) => !texts(to).includes(name));
      return less.length === 0 ? [] : [found(rule, why(listed(less)))];
    },
  };
}

const risingMfa = rising(
  "user-pool-mfa",
  "Users would no longer be asked for a second factor: a stolen password is enough to sign in.",
  ["OFF", "OPTIONAL", "ON"],
  "OFF",
);

/** Without a factor to ask for there is nothing that users could answer with. */
const mfa: Attribute = {
  ...risingMfa,
  finds: (from, to, place) => {
    const { change } = place;
    const factors: readonly Value[] = [
      after(change, "software_token_mfa_configuration", 0, "enabled"),
      after(change, "sms_configuration", 0, "sns_caller_arn"),
      after(change, "email_mfa_configuration", 0),
    ];
    return to === "OFF" || isUnset(to) || factors.some((factor) => !isUnset(factor))
      ? risingMfa.finds(from, to, place)
      : [
          found(
            "user-pool-mfa",
            "Users would be asked for a second factor, and the pool has none: AWS refuses it half-way, or no user can sign in.",
          ),
        ];
  },
};

/** Of a list that says nothing, Cognito takes the password. */
function firstFactorsOf(value: Value): string[] {
  return texts(value).length === 0 ? ["PASSWORD"] : texts(value);
}

const firstFactors: Attribute = {
  kind: "guarded",
  rule: "user-pool-sign-in",
  finds: (from, to, { isNew }) => {
    if (to === UNKNOWN) return [found("user-pool-sign-in", FACTORS)];
    const [old, now] = [firstFactorsOf(isNew ? undefined : from), firstFactorsOf(to)];
    const more = isNew ? [] : now.filter((factor) => !old.includes(factor));
    const less = old.filter((factor) => !now.includes(factor));
    return [
      ...(more.length === 0 ? [] : [found("user-pool-sign-in", `${FACTORS} It adds ${listed(more)}.`)]),
      ...(less.length === 0
        ? []
        : [found("user-pool-sign-in", `Users who sign in by ${listed(less)} could no longer do so.`)]),
    ];
  },
};

/** Whether text messages are sent by the role that the stack makes for it. */
function isSentByOwnRole(to: Value, { change, plan }: At): boolean {
  const { expressions } = configuredAs(plan.configuration, change.address) ?? {};
  const template = templateOf(expressionAt(expressions, ["sms_configuration", 0, "sns_caller_arn"])) ?? "";
  const [, address] = /^\$\{(aws_iam_role\.[\w-]+)\.arn\}$/.exec(template) ?? [];
  const role = currentOf(plan, "aws_iam_role").find((one) => one.address === address)?.after;
  const arn = at(to, 0, "sns_caller_arn");
  return role !== undefined && sendsTexts(at(role, "assume_role_policy")) && (isUnset(arn) || arn === at(role, "arn"));
}

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
    username_attributes: identity("user-pool-lost", SAME),
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
      proving(
        "user-pool-unverified",
        (less) =>
          `Cognito would no longer have new accounts prove their ${less}: they cannot be found by it, nor recover by it.`,
      ),
    ),
    "user_attribute_update_settings.attributes_require_verification_before_update": must(
      proving(
        "user-pool-unverified-updates",
        (less) =>
          `A changed ${less} would count before its owner has proved it: an account could take over an address.`,
      ),
    ),
    "account_recovery_setting.recovery_mechanism": {
      kind: "guarded",
      rule: "user-pool-recovery",
      finds: (from, to, { isNew }) => recovery(isNew ? undefined : names(from), names(to)),
    },
    mfa_configuration: mfa,
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
    // A new pool's policy is the team's own: Cognito takes nothing shorter than 6.
    "password_policy.minimum_length": larger("user-pool-password", PASSWORD("a shorter password"), 6),
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
      365,
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
    "sign_in_policy.allowed_first_auth_factors": firstFactors,
    web_authn_configuration: begins("user-pool-sign-in", FACTORS),
    email_mfa_configuration: begins("user-pool-mfa", "The second factor would be sent by mail, or no longer be."),
    // Cognito's own sender, which is also what it answers where nothing is said.
    email_configuration: when("guarded", "user-pool-mail", MAIL, (from, to, { isNew }) => {
      return isNew || (isDefaultSender(from) && isDefaultSender(to));
    }),
    sms_configuration: when("guarded", "user-pool-mail", MAIL, (_, to, place) => {
      return place.isNew && (isUnset(to) || isSentByOwnRole(to, place));
    }),
    "verification_message_template.default_email_option": when(
      "safer",
      "user-pool-mail",
      "Users would confirm by a link where they have a code today, or the other way round.",
      (_, to, { isNew }) => to === "CONFIRM_WITH_CODE" || (isNew && to === "CONFIRM_WITH_LINK"),
    ),

    // Texts that users read: AWS refuses those without the code that they are to bring.
    email_verification_message: messageText,
    email_verification_subject: messageText,
    sms_authentication_message: messageText,
    sms_verification_message: messageText,
    "admin_create_user_config.invite_message_template": messageText,
    "verification_message_template.email_message": messageText,
    "verification_message_template.email_message_by_link": messageText,
    "verification_message_template.email_subject": messageText,
    "verification_message_template.email_subject_by_link": messageText,
    "verification_message_template.sms_message": messageText,

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
      ["from_email_address", "source_arn", "reply_to_email_address", "configuration_set"].every((name) =>
        isUnset(at(value, 0, name)),
      ))
  );
}

/** The ways to replace a forgotten password, the preferred one first. */
function names(mechanisms: Value): string[] {
  if (!Array.isArray(mechanisms)) return [];
  const ordered = [...mechanisms].sort((one, other) => amount(at(one, "priority")) - amount(at(other, "priority")));
  return texts(ordered.map((mechanism) => at(mechanism, "name") ?? null));
}

const RECOVERY = ["verified_email", "verified_phone_number", "admin_only"];

function recovery(from: readonly string[] | undefined, to: readonly string[]): Found[] {
  // What a new pool begins with is the team's own choice.
  if (from === undefined ? to.every((name) => RECOVERY.includes(name)) : isSameRecovery(from, to)) return [];
  const why =
    to.length === 0 || to.includes("admin_only")
      ? "Users who forget their password could no longer recover by themselves with a verified e-mail address."
      : `Accounts could be recovered by ${listed(to)}${from === undefined ? "" : `, not by ${listed(from)}${from.length === 1 ? " alone" : ""}`}: a stolen number or mailbox takes the account over.`;
  return [found("user-pool-recovery", why)];
}

/** The same ways, and no text message before an e-mail that came first. */
function isSameRecovery(from: readonly string[], to: readonly string[]): boolean {
  const isSms = (names: readonly string[]) => names[0] === "verified_phone_number";
  return [...from].sort().join() === [...to].sort().join() && (isSms(from) || !isSms(to));
}
