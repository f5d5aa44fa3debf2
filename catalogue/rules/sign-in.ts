import { API, CDK, PROVIDER, refused, reviewed, rule, written } from "./rule";

const POOL = "cognito_user_pool";
const VERIFIABLE = ["email", "phone_number"];
const within = (values: readonly string[] = [], allowed: readonly string[]) =>
  values.every((value) => allowed.includes(value));

export const signIn = [
  rule(
    "aliases-or-username-attributes",
    "`alias_attributes` and `username_attributes` exclude each other.",
    PROVIDER("ConflictsWith"),
    refused(
      "usernameAttributes",
      { aliasAttributes: ["email"], usernameAttributes: ["email"] },
      { usernameAttributes: ["email"] },
    ),
  ),
  rule(
    "username-attributes",
    "`username_attributes` are `email` and `phone_number`.",
    API("UsernameAttributes", "CreateUserPool"),
    refused(
      "usernameAttributes[0]",
      { usernameAttributes: ["name"] },
      { usernameAttributes: ["email", "phone_number"] },
    ),
  ),
  rule(
    "preferred-username-needs-username",
    "`preferred_username` is an alias of a username only.",
    CDK("UsernameSignEnabledPreferredUsername"),
    written(
      "it is written beside usernames only",
      POOL,
      (pool) => !(pool.username_attributes && pool.alias_attributes?.includes("preferred_username")),
      { username_attributes: ["email"], alias_attributes: ["preferred_username"] },
    ),
  ),
  rule(
    "alias-attributes",
    "`alias_attributes` are `email`, `phone_number` and `preferred_username`.",
    API("AliasAttributes", "CreateUserPool"),
    refused("aliasAttributes[0]", { aliasAttributes: ["name"] }, { aliasAttributes: ["email", "preferred_username"] }),
  ),
  rule(
    "auto-verified-attributes",
    "`auto_verified_attributes` are `email` and `phone_number`.",
    API("AutoVerifiedAttributes", "CreateUserPool"),
    written("no other is written", POOL, (pool) => within(pool.auto_verified_attributes, VERIFIABLE), {
      auto_verified_attributes: ["name"],
    }),
  ),
  rule(
    "verified-before-update",
    "What must be verified before an update is among what is verified.",
    API("AttributesRequireVerificationBeforeUpdate", "UserAttributeUpdateSettingsType"),
    written(
      "one list is written to both",
      POOL,
      (pool) =>
        within(
          pool.user_attribute_update_settings?.attributes_require_verification_before_update,
          pool.auto_verified_attributes ?? [],
        ),
      {
        auto_verified_attributes: ["email"],
        user_attribute_update_settings: { attributes_require_verification_before_update: ["phone_number"] },
      },
    ),
  ),
  rule(
    "verified-phone-number-needs-sms",
    "`phone_number` is verified only by a pool that can send text messages.",
    "hashicorp/terraform-provider-aws#28294",
    written(
      "both are written, or neither",
      POOL,
      (pool) => !pool.auto_verified_attributes?.includes("phone_number") || pool.sms_configuration !== undefined,
      { auto_verified_attributes: ["phone_number"] },
    ),
  ),
  rule(
    "sign-in-is-for-ever",
    "Aliases, username attributes and case sensitivity never change.",
    API("UsernameConfigurationType"),
    reviewed("user-pool-lost"),
  ),
  rule(
    "pool-name",
    "A pool's name has 1 to 128 letters, digits, blanks or `_ + = , . @ -`.",
    API("PoolName", "CreateUserPool"),
    written(
      "it is made of the names of project and environment",
      POOL,
      (pool) => /^[\w +=,.@-]{1,128}$/.test(pool.name),
      {
        name: "acme/dev",
      },
    ),
  ),
];
