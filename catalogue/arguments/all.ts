/** How an argument of a resource is reached. */
export type Reach =
  /** By this setting. */
  | { readonly kind: "set"; readonly by: string }
  /** It is always written, and so. */
  | { readonly kind: "fixed"; readonly why: string }
  /** It is never written, because something else does the same. */
  | { readonly kind: "left"; readonly why: string }
  /** It cannot be reached but by `customize`. */
  | { readonly kind: "unreachable"; readonly why: string };

const set = (by: string): Reach => ({ kind: "set", by });
const fixed = (why: string): Reach => ({ kind: "fixed", why });
const left = (why: string): Reach => ({ kind: "left", why });
const unreachable = (why: string): Reach => ({ kind: "unreachable", why });

const REGION = { region: left("the Region of the provider, by `region`") };
const POOL = { user_pool_id: fixed("the pool of the environment") };
const TEMPLATE = left("`verification_message_template` has it");
const RECOVERY = set("accountRecovery");
const THROUGH_POOL = "identity providers sign in through the user pool, where accounts are kept unique";
const TRIGGERS = set("triggers");

/** Resource types that are no configuration of a pool, and so are not made. */
export const NOT_MADE: Readonly<Record<string, string>> = {
  aws_cognito_user: "users are data: their passwords would be in the state",
  aws_cognito_user_in_group: "users are data, and so are their groups",
  aws_cognito_managed_user_pool_client:
    "a client that another AWS service has made, such as OpenSearch, is changed where that service is set up",
};

/** Every argument of the provider's Cognito resources; an entry holds for a block and all in it that has no entry of its own. */
export const ARGUMENTS: Readonly<Record<string, Readonly<Record<string, Reach>>>> = {
  aws_cognito_user_pool: {
    ...REGION,
    name: set("userPoolName"),
    alias_attributes: set("aliasAttributes"),
    username_attributes: set("usernameAttributes"),
    auto_verified_attributes: fixed("what codes are sent to"),
    deletion_protection: set("deletionProtection"),
    email_verification_message: TEMPLATE,
    email_verification_subject: TEMPLATE,
    sms_verification_message: TEMPLATE,
    sms_authentication_message: set("mfaMessage"),
    mfa_configuration: set("mfa"),
    tags: left("the provider's default tags, by `tags`"),
    user_pool_tier: set("poolTier"),
    account_recovery_setting: RECOVERY,
    admin_create_user_config: fixed("always written, with `selfSignUp`"),
    "admin_create_user_config.allow_admin_create_user_only": set("selfSignUp"),
    "admin_create_user_config.invite_message_template": set("invitationMessage"),
    device_configuration: set("deviceTracking"),
    email_configuration: set("email"),
    email_mfa_configuration: set("mfaFactors"),
    "email_mfa_configuration.message": set("mfaMessage"),
    "email_mfa_configuration.subject": set("mfaMessage"),
    lambda_config: TRIGGERS,
    "lambda_config.pre_sign_up": fixed("the function that keeps accounts unique"),
    "lambda_config.kms_key_id": set("senderKeyArn"),
    "lambda_config.user_migration": set("migrateFrom"),
    password_policy: set("passwordPolicy"),
    schema: fixed("e-mail, and what is set"),
    "schema.number_attribute_constraints": set("customAttributes"),
    "schema.attribute_data_type": set("customAttributes"),
    "schema.developer_only_attribute": set("customAttributes"),
    "schema.mutable": set("standardAttributes"),
    "schema.required": set("standardAttributes"),
    "schema.string_attribute_constraints": set("customAttributes"),
    sign_in_policy: set("firstAuthFactors"),
    sms_configuration: set("mfaFactors"),
    "sms_configuration.external_id": fixed("the pool's name, which the role's trust policy asks for"),
    "sms_configuration.sns_caller_arn": fixed("a role that is made where it is needed"),
    "sms_configuration.sns_region": set("snsRegion"),
    software_token_mfa_configuration: set("mfaFactors"),
    user_attribute_update_settings: fixed("an address counts only once it is verified"),
    user_pool_add_ons: set("threatProtection"),
    "user_pool_add_ons.advanced_security_additional_flows": unreachable("threat protection of custom authentication"),
    username_configuration: fixed(
      "case-insensitive: spellings of a name are one account; that of a pool that existed before is kept, by `adopted`",
    ),
    verification_message_template: set("verificationMessage"),
    web_authn_configuration: set("passkeys"),
  },
  aws_cognito_user_pool_client: {
    ...REGION,
    ...POOL,
    name: set("clientName"),
    access_token_validity: set("tokenValidity"),
    id_token_validity: set("tokenValidity"),
    refresh_token_validity: set("tokenValidity"),
    token_validity_units: set("tokenValidity"),
    allowed_oauth_flows: set("clientType"),
    allowed_oauth_flows_user_pool_client: set("callbackUrls"),
    allowed_oauth_scopes: set("scopes"),
    auth_session_validity: set("authSessionValidity"),
    callback_urls: set("callbackUrls"),
    default_redirect_uri: set("callbackUrls"),
    logout_urls: set("logoutUrls"),
    enable_propagate_additional_user_context_data: set("propagateUserContext"),
    enable_token_revocation: fixed("a stolen refresh token can be revoked"),
    explicit_auth_flows: set("authFlows"),
    generate_secret: set("clientType"),
    prevent_user_existence_errors: fixed("a sign-in does not tell which users there are"),
    read_attributes: set("readAttributes"),
    write_attributes: set("writeAttributes"),
    supported_identity_providers: set("identityProviders"),
    analytics_configuration: unreachable("Pinpoint ends on 30 October 2026"),
    refresh_token_rotation: set("refreshTokenRotation"),
  },
  aws_cognito_user_pool_domain: {
    ...REGION,
    ...POOL,
    domain: set("domainPrefix"),
    certificate_arn: set("customDomain"),
    managed_login_version: set("managedLogin"),
  },
  aws_cognito_resource_server: {
    ...REGION,
    ...POOL,
    identifier: set("resourceServers"),
    name: set("resourceServers"),
    scope: set("resourceServers"),
  },
  aws_cognito_identity_provider: {
    ...REGION,
    ...POOL,
    attribute_mapping: set("identityProviders"),
    idp_identifiers: set("identityProviders"),
    provider_details: set("identityProviders"),
    provider_name: set("identityProviders"),
    provider_type: set("identityProviders"),
  },
  aws_cognito_user_group: {
    ...REGION,
    ...POOL,
    name: set("groups"),
    description: set("groups"),
    precedence: set("groups"),
    role_arn: set("groups"),
  },
  aws_cognito_risk_configuration: {
    ...REGION,
    ...POOL,
    client_id: left("one configuration for all clients"),
    account_takeover_risk_configuration: set("riskConfiguration"),
    compromised_credentials_risk_configuration: set("riskConfiguration"),
    risk_exception_configuration: set("riskConfiguration"),
  },
  aws_cognito_log_delivery_configuration: {
    ...REGION,
    ...POOL,
    log_configurations: set("logDelivery"),
  },
  aws_cognito_managed_login_branding: {
    ...REGION,
    ...POOL,
    client_id: fixed("every client that signs users in has a style"),
    settings: set("managedLogin"),
    use_cognito_provided_values: set("managedLogin"),
    asset: set("managedLogin"),
  },
  aws_cognito_user_pool_ui_customization: {
    ...REGION,
    ...POOL,
    client_id: left("one look for all clients"),
    css: set("uiCustomization"),
    image_file: set("uiCustomization"),
  },
  aws_cognito_identity_pool: {
    ...REGION,
    tags: left("the provider's default tags, by `tags`"),
    identity_pool_name: fixed("project and environment"),
    allow_classic_flow: set("identityPool"),
    allow_unauthenticated_identities: set("identityPool"),
    developer_provider_name: left(THROUGH_POOL),
    openid_connect_provider_arns: left(THROUGH_POOL),
    saml_provider_arns: left(THROUGH_POOL),
    supported_login_providers: left(THROUGH_POOL),
    cognito_identity_providers: fixed("the pool and its clients"),
  },
  aws_cognito_identity_pool_roles_attachment: {
    ...REGION,
    identity_pool_id: fixed("the identity pool of the environment"),
    roles: set("identityPool"),
    role_mapping: set("identityPool"),
  },
  aws_cognito_identity_pool_provider_principal_tag: {
    ...REGION,
    identity_pool_id: fixed("the identity pool of the environment"),
    identity_provider_name: fixed("the user pool"),
    principal_tags: set("identityPool"),
    use_defaults: set("identityPool"),
  },
  aws_wafv2_web_acl_association: {
    ...REGION,
    resource_arn: fixed("the pool of the environment"),
    web_acl_arn: set("waf"),
  },
};

/** The entry of an argument: its own, or that of the nearest block around it. */
export function reachOf(type: string, argument: string): readonly [entry: string, reach: Reach] | undefined {
  const entries = ARGUMENTS[type] ?? {};
  const names = argument.split(".");
  for (let length = names.length; length > 0; length--) {
    const entry = names.slice(0, length).join(".");
    const reach = entries[entry];
    if (reach) return [entry, reach];
  }
  return undefined;
}
