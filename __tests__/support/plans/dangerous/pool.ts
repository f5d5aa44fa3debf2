import type { Block } from "../../stack";
import {
  at,
  both,
  CLIENT,
  DOMAIN,
  FUNCTION,
  instance,
  PERMISSION,
  POOL,
  remove,
  type Scenario,
  set,
} from "../scenario";

const email = (document: Block) => at(document, POOL).schema[0];
const attribute = {
  attribute_data_type: "String",
  mutable: true,
  required: false,
  developer_only_attribute: false,
  string_attribute_constraints: { min_length: "0", max_length: "50" },
};

/** Changes that lose the pool, its accounts, or what keeps them safe. */
export const POOL_DANGERS: readonly Scenario[] = [
  {
    name: "pool-renamed",
    everyTime: true,
    edit: set(POOL, { name: "another" }),
    allowable: false,
    rule: "user-pool-lost",
    says: "Every account in the pool is deleted",
  },
  {
    name: "pool-alias-changed",
    edit: set(POOL, { alias_attributes: ["email", "preferred_username"] }),
    allowable: false,
    rule: "user-pool-lost",
    says: "Every account in the pool is deleted",
  },
  {
    name: "pool-case-sensitive",
    edit: set(POOL, { username_configuration: { case_sensitive: true } }),
    allowable: false,
    rule: "user-pool-case-sensitive",
    says: "one person can then have two accounts",
  },
  {
    name: "pool-unprotected",
    settings: { deletionProtection: false },
    rule: "user-pool-unprotected",
    says: "no longer refuse to delete the pool",
  },
  {
    name: "pool-destroyed-while-protected",
    edit: (document) => {
      remove(document, POOL);
      for (const address of [CLIENT, DOMAIN, PERMISSION]) remove(document, address);
      delete document.resource.aws_iam_role_policy.pre_sign_up_list_users;
      delete document.output;
    },
    allowable: false,
    rule: "user-pool-protected",
    says: "AWS refuses to delete this pool",
  },
  {
    name: "pool-trigger-removed",
    edit: (document) => delete at(document, POOL).lambda_config,
    rule: "user-pool-trigger",
    says: "nothing keeps people unique",
  },
  {
    name: "pool-trigger-of-another-function",
    edit: set(POOL, { lambda_config: { pre_sign_up: "arn:aws:lambda:eu-west-1:000000000000:function:another" } }),
    rule: "user-pool-foreign-trigger",
    says: "which is not one of this plan's functions",
  },
  {
    name: "pool-trigger-of-another-account",
    edit: (document) => {
      at(document, POOL).lambda_config.post_confirmation = "arn:aws:lambda:eu-west-1:999999999999:function:welcome";
    },
    rule: "user-pool-foreign-trigger",
    says: "`arn:aws:lambda:eu-west-1:999999999999:function:welcome`, which is not one of this plan's functions",
  },
  {
    name: "pool-trigger-it-is-not-made-for",
    edit: (document) => {
      at(document, POOL).lambda_config.pre_authentication = `\${${FUNCTION}.arn}`;
    },
    rule: "user-pool-foreign-trigger",
    says: "for which it is not made",
  },
  {
    // The plan restores pre_sign_up, and removes a function that was attached outside of Terraform.
    name: "pool-foreign-trigger-removed",
    state: (resources) => {
      const [config] = instance(resources, POOL).attributes.lambda_config;
      config.pre_sign_up = "arn:aws:lambda:eu-west-1:000000000000:function:by-hand";
      config.post_confirmation = "arn:aws:lambda:eu-west-1:000000000000:function:welcome";
    },
    options: ["-refresh=false"],
    rule: "user-pool-trigger",
    says: "`arn:aws:lambda:eu-west-1:000000000000:function:welcome`, which this project did not make",
  },
  {
    name: "pool-migration-trigger-removed",
    stack: "full",
    edit: (document) => delete at(document, POOL).lambda_config.user_migration,
    rule: "user-pool-trigger",
    says: "users whom only the old pool knows could no longer sign in",
  },
  {
    name: "pool-schema-changed",
    edit: (document) => Object.assign(email(document), { mutable: false }),
    allowable: false,
    rule: "user-pool-schema",
    says: "email cannot be changed",
  },
  {
    name: "pool-schema-removed",
    edit: (document) => Object.assign(email(document), { name: "nickname" }),
    allowable: false,
    rule: "user-pool-schema",
    says: "email cannot be removed",
  },
  {
    name: "pool-schema-required-added",
    edit: (document) => at(document, POOL).schema.push({ ...attribute, name: "department", required: true }),
    allowable: false,
    rule: "user-pool-schema",
    says: "department cannot be required",
  },
  {
    name: "pool-schema-standard-added",
    edit: (document) => at(document, POOL).schema.push({ ...attribute, name: "nickname" }),
    allowable: false,
    rule: "user-pool-schema",
    says: "nickname would become custom:nickname",
  },
  {
    name: "pool-schema-unknown",
    edit: (document) => {
      const { name, ...rest } = email(document);
      document.resource.terraform_data = { name: { input: name } };
      delete at(document, POOL).schema;
      at(document, POOL).dynamic = {
        schema: { for_each: ["${terraform_data.name.output}"], content: { ...rest, name: "${schema.value}" } },
      };
    },
    allowable: false,
    rule: "user-pool-schema",
    says: "only known once it is applied",
  },
  {
    // Somebody added an attribute and MFA by hand; the plan would switch MFA off, and then fail at the attribute.
    name: "pool-attribute-and-mfa-by-hand",
    state: (resources) => {
      const { attributes } = instance(resources, POOL);
      attributes.schema.push({
        ...attribute,
        string_attribute_constraints: [{ min_length: "0", max_length: "50" }],
        number_attribute_constraints: [],
        name: "by_hand",
      });
      attributes.mfa_configuration = "ON";
      attributes.software_token_mfa_configuration = [{ enabled: true }];
    },
    options: ["-refresh=false"],
    allowable: false,
    rule: "user-pool-schema",
    says: "by_hand cannot be removed (where it was added by hand, write it into the configuration)",
  },
  {
    name: "pool-address-unverified",
    edit: set(POOL, { auto_verified_attributes: [] }),
    rule: "user-pool-unverified",
    says: "no longer have new accounts prove their `email`",
  },
  {
    name: "pool-changed-address-unverified",
    edit: set(POOL, { user_attribute_update_settings: { attributes_require_verification_before_update: [] } }),
    rule: "user-pool-unverified-updates",
    says: "before its owner has proved it",
  },
  {
    name: "pool-self-sign-up",
    state: (resources) => {
      instance(resources, POOL).attributes.admin_create_user_config[0].allow_admin_create_user_only = true;
    },
    options: ["-refresh=false"],
    rule: "user-pool-open",
    says: "Anyone on the internet could create an account",
  },
  {
    name: "pool-mfa-off",
    state: (resources) => {
      const { attributes } = instance(resources, POOL);
      attributes.mfa_configuration = "OPTIONAL";
      attributes.software_token_mfa_configuration = [{ enabled: true }];
    },
    options: ["-refresh=false"],
    rule: "user-pool-mfa",
    says: "no longer be asked for a second factor",
  },
  {
    name: "pool-without-threat-protection",
    state: (resources) => {
      instance(resources, POOL).attributes.user_pool_add_ons = [
        { advanced_security_mode: "ENFORCED", advanced_security_additional_flows: [] },
      ];
    },
    options: ["-refresh=false"],
    rule: "user-pool-threat-protection",
    says: "no longer watch for stolen passwords",
  },
  {
    name: "pool-threat-protection-audits",
    state: (resources) => {
      instance(resources, POOL).attributes.user_pool_add_ons = [
        { advanced_security_mode: "ENFORCED", advanced_security_additional_flows: [] },
      ];
    },
    edit: set(POOL, { user_pool_add_ons: { advanced_security_mode: "AUDIT" } }),
    options: ["-refresh=false"],
    rule: "user-pool-threat-protection",
    says: "no longer watch for stolen passwords",
  },
  {
    name: "pool-password-shorter",
    edit: set(POOL, {
      password_policy: {
        minimum_length: 6,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 7,
      },
    }),
    rule: "user-pool-password",
    says: "choose a shorter password",
  },
  {
    name: "pool-password-simpler",
    edit: set(POOL, { password_policy: { minimum_length: 12, temporary_password_validity_days: 7 } }),
    rule: "user-pool-password",
    says: "a password without symbols",
  },
  {
    name: "pool-temporary-password-longer",
    edit: set(POOL, {
      password_policy: {
        minimum_length: 8,
        require_lowercase: true,
        require_uppercase: true,
        require_numbers: true,
        require_symbols: true,
        temporary_password_validity_days: 90,
      },
    }),
    rule: "user-pool-password",
    says: "Temporary passwords",
  },
  {
    name: "pool-recovery-by-phone",
    edit: set(POOL, {
      account_recovery_setting: {
        recovery_mechanism: [
          { name: "verified_email", priority: 2 },
          { name: "verified_phone_number", priority: 1 },
        ],
      },
    }),
    rule: "user-pool-recovery",
    says: "a stolen number or mailbox takes the account over",
  },
  {
    name: "pool-recovery-by-administrators",
    edit: set(POOL, { account_recovery_setting: { recovery_mechanism: [{ name: "admin_only", priority: 1 }] } }),
    rule: "user-pool-recovery",
    says: "could no longer recover by themselves",
  },
  {
    name: "pool-tier-lower",
    stack: "full",
    settings: { poolTier: "ESSENTIALS" },
    rule: "user-pool-tier",
    says: "lose what the higher tier brings",
  },
  {
    name: "pool-mail-of-another-sender",
    edit: set(POOL, {
      email_configuration: {
        email_sending_account: "DEVELOPER",
        source_arn: "arn:aws:ses:eu-west-1:999999999999:identity/example.org",
        from_email_address: "x@example.org",
      },
    }),
    rule: "user-pool-mail",
    says: "come from another sender",
  },
  {
    name: "pool-one-time-codes",
    edit: set(POOL, { sign_in_policy: { allowed_first_auth_factors: ["PASSWORD", "EMAIL_OTP"] } }),
    rule: "user-pool-sign-in",
    says: "It adds `EMAIL_OTP`",
  },
  {
    name: "pool-passkeys-of-another-domain",
    edit: set(POOL, { web_authn_configuration: { relying_party_id: "example.org", user_verification: "preferred" } }),
    rule: "user-pool-sign-in",
    says: "a weaker proof than a password",
  },
  {
    name: "pool-devices-unchallenged",
    state: (resources) => {
      instance(resources, POOL).attributes.device_configuration = [
        { challenge_required_on_new_device: true, device_only_remembered_on_user_prompt: true },
      ];
    },
    options: ["-refresh=false"],
    rule: "user-pool-devices",
    says: "would no longer be challenged",
  },
  {
    name: "domain-renamed",
    settings: { domainPrefix: "another" },
    rule: "domain-lost",
    says: "Users can no longer sign in at the present address",
  },
  {
    name: "domain-removed",
    edit: both(
      (document) => remove(document, DOMAIN),
      (document) => {
        delete document.output.CognitoURLV2;
        delete document.output.CognitoUspLoginUrlV2;
      },
    ),
    rule: "domain-lost",
    says: "any other AWS account may take its prefix",
  },
  {
    name: "domain-certificate",
    edit: set(DOMAIN, {
      certificate_arn: "arn:aws:acm:us-east-1:000000000000:certificate/00000000-0000-0000-0000-000000000000",
    }),
    rule: "domain-certificate",
    says: "another certificate",
  },
  {
    name: "new-pool-case-sensitive",
    stack: "fresh",
    edit: (document) => delete at(document, POOL).username_configuration,
    rule: "user-pool-case-sensitive",
    says: "It cannot be changed later",
  },
  {
    name: "new-pool-without-trigger",
    stack: "fresh",
    edit: (document) => delete at(document, POOL).lambda_config,
    rule: "user-pool-trigger",
    says: "nothing keeps the users of this new pool unique",
  },
  {
    name: "new-pool-with-foreign-trigger",
    stack: "fresh",
    edit: set(POOL, { lambda_config: { pre_sign_up: "arn:aws:lambda:eu-west-1:999999999999:function:pre-sign-up" } }),
    rule: "user-pool-foreign-trigger",
    says: "which is not one of this plan's functions",
  },
  {
    name: "new-pool-of-optional-addresses",
    stack: "fresh",
    edit: (document) => Object.assign(email(document), { required: false }),
    rule: "user-pool-schema",
    says: "could sign up without an e-mail address",
  },
  {
    name: "new-pool-unverified",
    stack: "fresh",
    edit: set(POOL, { auto_verified_attributes: [] }),
    rule: "user-pool-unverified",
    says: "prove their `email`",
  },
];
