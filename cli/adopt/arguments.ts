/**
 * What a configuration can say of each type that is adopted, in hashicorp/aws 5.100. `left`: what is left out of the
 * configuration stays as it is, because the argument is computed as well, or its absence is suppressed. `said`: what is left
 * out is removed, or set to its default.
 */
type Absence = "left" | "said";

const UNCHANGED_IF_LEFT_OUT = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, "left" as const]));
const SAID = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "said" as const]));

export const ARGUMENTS = {
  aws_cognito_user_pool: {
    ...UNCHANGED_IF_LEFT_OUT([
      ...["account_recovery_setting", "admin_create_user_config", "email_verification_message"],
      ...["email_verification_subject", "password_policy", "sign_in_policy", "sms_configuration"],
      ...["sms_verification_message", "user_pool_tier", "verification_message_template"],
    ]),
    ...SAID([
      ...["alias_attributes", "auto_verified_attributes", "deletion_protection", "device_configuration"],
      ...["email_configuration", "email_mfa_configuration", "lambda_config", "mfa_configuration", "name", "schema"],
      ...["sms_authentication_message", "software_token_mfa_configuration", "tags"],
      ...["user_attribute_update_settings", "user_pool_add_ons", "username_attributes", "username_configuration"],
      "web_authn_configuration",
    ]),
  },
  aws_cognito_user_pool_client: {
    ...SAID(["name", "analytics_configuration", "refresh_token_rotation"]),
    ...UNCHANGED_IF_LEFT_OUT([
      ...["access_token_validity", "allowed_oauth_flows", "allowed_oauth_flows_user_pool_client"],
      ...["allowed_oauth_scopes", "auth_session_validity", "callback_urls", "default_redirect_uri"],
      ...["enable_propagate_additional_user_context_data", "enable_token_revocation", "explicit_auth_flows"],
      ...["id_token_validity", "logout_urls", "prevent_user_existence_errors", "read_attributes"],
      ...["refresh_token_validity", "supported_identity_providers", "token_validity_units", "write_attributes"],
    ]),
  },
  aws_cognito_user_pool_domain: {
    ...SAID(["domain", "certificate_arn"]),
    ...UNCHANGED_IF_LEFT_OUT(["managed_login_version"]),
  },
  aws_cognito_identity_provider: {
    ...SAID(["provider_name", "provider_type", "provider_details", "idp_identifiers"]),
    ...UNCHANGED_IF_LEFT_OUT(["attribute_mapping"]),
  },
  aws_cognito_resource_server: SAID(["identifier", "name", "scope"]),
  aws_cognito_user_group: SAID(["name", "description", "precedence", "role_arn"]),
  aws_cognito_user_pool_ui_customization: SAID(["css"]),
  aws_cognito_risk_configuration: SAID([
    ...["account_takeover_risk_configuration", "compromised_credentials_risk_configuration"],
    "risk_exception_configuration",
  ]),
  aws_wafv2_web_acl_association: SAID(["web_acl_arn"]),
} satisfies Readonly<Record<string, Readonly<Record<string, Absence>>>>;

export type ExistingType = keyof typeof ARGUMENTS;

/** What becomes of an argument that the configuration leaves out; undefined of what is no argument. */
export function absenceOf(type: ExistingType, argument: string): Absence | undefined {
  return (ARGUMENTS[type] as Readonly<Record<string, Absence>>)[argument];
}

/** What the provider takes an argument for that the configuration leaves out. */
export const DEFAULTS: Readonly<Record<string, unknown>> = {
  mfa_configuration: "OFF",
  deletion_protection: "INACTIVE",
  email_configuration: { email_sending_account: "COGNITO_DEFAULT" },
};

/**
 * What no import reads: a value in the configuration would make the first update of an imported client fail, because the provider
 * then answers with another value than it has planned (`generate_secret: was null`).
 */
export const UNREAD: Readonly<Record<string, readonly string[]>> = {
  aws_cognito_user_pool_client: ["generate_secret"],
};

/** Fields of the blocks of these types: AWS answers with more than a configuration can say. */
const FIELDS: ReadonlySet<string> = new Set([
  ...["access_token", "actions", "advanced_security_additional_flows", "advanced_security_mode"],
  ...["allow_admin_create_user_only", "allowed_first_auth_factors", "application_arn", "application_id"],
  ...["attribute_data_type", "attributes_require_verification_before_update", "block_email"],
  ...["blocked_ip_range_list", "case_sensitive", "challenge_required_on_new_device"],
  ...["configuration_set", "create_auth_challenge", "custom_auth_mode", "custom_email_sender", "custom_message"],
  ...["custom_sms_sender", "default_email_option", "define_auth_challenge", "developer_only_attribute"],
  ...["device_only_remembered_on_user_prompt", "email_message", "email_message_by_link", "email_sending_account"],
  ...["email_subject", "email_subject_by_link", "enabled", "event_action", "event_filter", "external_id", "feature"],
  ...["from", "from_email_address", "high_action", "html_body", "id_token", "invite_message_template", "kms_key_id"],
  ...["lambda_arn", "lambda_version", "low_action", "max_length", "max_value", "medium_action", "message"],
  ...["mfa_email", "min_length", "min_value", "minimum_length", "mutable", "name", "no_action_email", "notify"],
  ...["notify_configuration", "number_attribute_constraints"],
  ...["password_history_size", "post_authentication", "post_confirmation", "pre_authentication", "pre_sign_up"],
  ...["pre_token_generation", "pre_token_generation_config", "priority", "recovery_mechanism", "refresh_token"],
  ...[
    "relying_party_id",
    "reply_to",
    "reply_to_email_address",
    "require_lowercase",
    "require_numbers",
    "require_symbols",
  ],
  ...["require_uppercase", "required", "retry_grace_period_seconds", "role_arn", "scope_description", "scope_name"],
  ...["skipped_ip_range_list", "sms_message", "sns_caller_arn", "sns_region", "source_arn"],
  ...["string_attribute_constraints", "subject", "text_body"],
  ...["temporary_password_validity_days", "user_data_shared", "user_migration", "user_verification"],
  "verify_auth_challenge_response",
]);

export function isField(name: string): boolean {
  return FIELDS.has(name);
}
