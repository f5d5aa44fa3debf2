import type { EnvironmentSettings } from "../../../settings/schema";
import type { Block } from "../stack";
import type { PeerExample } from "./example";

const POOL = "aws_cognito_user_pool.user_pool";
const CLIENT = "aws_cognito_user_pool_client.user_pool_client";

const PAGE: EnvironmentSettings = { clientType: "web", callbackUrls: ["https://my-app-domain.com/welcome"] };

/** The snippets of the CDK's documentation, by its headings. */
export const CDK: readonly PeerExample[] = [
  snippet(
    "Code Verification",
    {
      selfSignUp: true,
      verificationMessage: {
        emailSubject: "Verify your email for our awesome app!",
        emailMessage: "Thanks for signing up to our awesome app! Your verification code is {####}",
        smsMessage: "Thanks for signing up to our awesome app! Your verification code is {####}",
      },
    },
    {
      [POOL]: {
        admin_create_user_config: { allow_admin_create_user_only: false },
        verification_message_template: {
          default_email_option: "CONFIRM_WITH_CODE",
          email_subject: "Verify your email for our awesome app!",
          email_message: "Thanks for signing up to our awesome app! Your verification code is {####}",
          sms_message: "Thanks for signing up to our awesome app! Your verification code is {####}",
        },
      },
    },
  ),
  snippet(
    "Code Verification, invitation",
    {
      invitationMessage: {
        emailSubject: "Invite to join our awesome app!",
        emailMessage:
          "Hello {username}, you have been invited to join our awesome app! Your temporary password is {####}",
        smsMessage: "Hello {username}, your temporary password for our awesome app is {####}",
      },
    },
    {
      [POOL]: {
        admin_create_user_config: {
          allow_admin_create_user_only: true,
          invite_message_template: {
            email_subject: "Invite to join our awesome app!",
            email_message:
              "Hello {username}, you have been invited to join our awesome app! Your temporary password is {####}",
            sms_message: "Hello {username}, your temporary password for our awesome app is {####}",
          },
        },
      },
    },
  ),
  snippet(
    "Link Verification",
    {
      verificationMessage: {
        by: "LINK",
        emailSubject: "Invite to join our awesome app!",
        emailMessage: "You have been invited to join our awesome app! {##Verify Your Email##}",
      },
    },
    {
      [POOL]: {
        verification_message_template: {
          default_email_option: "CONFIRM_WITH_LINK",
          email_subject_by_link: "Invite to join our awesome app!",
          email_message_by_link: "You have been invited to join our awesome app! {##Verify Your Email##}",
        },
      },
    },
  ),
  snippet(
    "Sign In",
    {},
    {
      [POOL]: {
        alias_attributes: ["email"],
        auto_verified_attributes: ["email"],
        username_configuration: { case_sensitive: true },
      },
    },
    { [`${POOL} username_configuration`]: "a pool that tells letter case apart lets one person register twice" },
  ),
  snippet(
    "Attributes",
    {
      standardAttributes: { name: { required: true, mutable: false }, address: {} },
      customAttributes: {
        myappid: { type: "String", minLength: 5, maxLength: 15, mutable: false },
        callingcode: { type: "Number", min: 1, max: 3 },
        isEmployee: { type: "Boolean" },
        joinedOn: { type: "DateTime", mutable: false },
      },
    },
    {
      [POOL]: {
        schema: [
          { name: "name", required: true, mutable: false },
          { name: "address", required: false, mutable: true },
          {
            name: "myappid",
            attribute_data_type: "String",
            mutable: false,
            string_attribute_constraints: { min_length: "5", max_length: "15" },
          },
          {
            name: "callingcode",
            attribute_data_type: "Number",
            mutable: true,
            number_attribute_constraints: { min_value: "1", max_value: "3" },
          },
          { name: "isEmployee", attribute_data_type: "Boolean", mutable: true },
          { name: "joinedOn", attribute_data_type: "DateTime", mutable: false },
        ],
      },
    },
  ),
  snippet(
    "Attribute verification",
    { accountRecovery: ["verified_phone_number", "verified_email"] },
    {
      [POOL]: {
        auto_verified_attributes: ["email", "phone_number"],
        user_attribute_update_settings: { attributes_require_verification_before_update: ["email", "phone_number"] },
      },
    },
  ),
  snippet(
    "Multi-factor Authentication (MFA)",
    { mfa: "ON", mfaFactors: ["SMS", "TOTP"] },
    { [POOL]: { mfa_configuration: "ON", software_token_mfa_configuration: { enabled: true } } },
  ),
  snippet(
    "Multi-factor Authentication (MFA), password policy",
    { passwordPolicy: { minimumLength: 12, temporaryPasswordValidityDays: 3 } },
    {
      [POOL]: {
        password_policy: {
          minimum_length: 12,
          require_lowercase: true,
          require_uppercase: true,
          require_numbers: true,
          require_symbols: true,
          temporary_password_validity_days: 3,
        },
      },
    },
  ),
  snippet(
    "Account Recovery Settings",
    { accountRecovery: ["verified_email"] },
    { [POOL]: { account_recovery_setting: { recovery_mechanism: [{ name: "verified_email", priority: 1 }] } } },
  ),
  snippet(
    "Advanced Security Mode",
    { poolTier: "PLUS", threatProtection: "ENFORCED" },
    { [POOL]: { user_pool_add_ons: { advanced_security_mode: "ENFORCED" } } },
  ),
  snippet(
    "Emails",
    {
      email: {
        sesIdentityArn: "arn:aws:ses:us-east-1:123456789012:identity/myawesomeapp.com",
        from: "Awesome App <noreply@myawesomeapp.com>",
        replyTo: "support@myawesomeapp.com",
      },
    },
    {
      [POOL]: {
        email_configuration: {
          email_sending_account: "DEVELOPER",
          from_email_address: "Awesome App <noreply@myawesomeapp.com>",
          reply_to_email_address: "support@myawesomeapp.com",
          source_arn: "arn:aws:ses:us-east-1:123456789012:identity/myawesomeapp.com",
        },
      },
    },
  ),
  snippet(
    "Lambda Triggers",
    {
      authFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      triggers: {
        postAuthentication: { functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:post-auth" },
        preTokenGeneration: {
          functionArn: "arn:aws:lambda:eu-west-1:123456789012:function:pre-token-generation",
          lambdaVersion: "V2_0",
        },
      },
    },
    {
      [POOL]: {
        lambda_config: {
          post_authentication: "arn:aws:lambda:eu-west-1:123456789012:function:post-auth",
          pre_token_generation_config: {
            lambda_arn: "arn:aws:lambda:eu-west-1:123456789012:function:pre-token-generation",
            lambda_version: "V2_0",
          },
        },
      },
    },
  ),
  snippet(
    "Device Tracking",
    { deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true } },
    {
      [POOL]: {
        device_configuration: { challenge_required_on_new_device: true, device_only_remembered_on_user_prompt: true },
      },
    },
  ),
  snippet(
    "Identity Providers",
    {
      customAttributes: { uniqueId: { type: "String" } },
      identityProviders: {
        LoginWithAmazon: {
          clientId: "amzn-client-id",
          clientSecret: { secretsManagerSecret: "amazon" },
          attributeMapping: { email: "email", website: "url", "custom:uniqueId": "user_id" },
        },
      },
    },
    {
      "aws_cognito_identity_provider.identity_provider_LoginWithAmazon": {
        provider_name: "LoginWithAmazon",
        provider_type: "LoginWithAmazon",
        provider_details: { client_id: "amzn-client-id", client_secret: "amzn-client-secret" },
        attribute_mapping: { email: "email", website: "url", "custom:uniqueId": "user_id" },
      },
    },
    {
      "aws_cognito_identity_provider.identity_provider_LoginWithAmazon provider_details.client_secret":
        "a secret is read from SSM or Secrets Manager, not written down",
    },
  ),
  snippet(
    "App Clients, flows",
    { ...PAGE, authFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] },
    {
      [CLIENT]: {
        explicit_auth_flows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      },
    },
  ),
  snippet(
    "App Clients, OAuth",
    {
      clientType: "web",
      scopes: ["openid"],
      callbackUrls: ["https://my-app-domain.com/welcome", "https://my-app-domain.com/hello"],
      logoutUrls: ["https://my-app-domain.com/signin"],
    },
    {
      [CLIENT]: {
        allowed_oauth_flows: ["code"],
        allowed_oauth_scopes: ["openid"],
        default_redirect_uri: "https://my-app-domain.com/welcome",
        callback_urls: ["https://my-app-domain.com/welcome", "https://my-app-domain.com/hello"],
        logout_urls: ["https://my-app-domain.com/signin"],
      },
    },
  ),
  snippet(
    "App Clients, tokens and errors",
    {
      ...PAGE,
      authSessionValidity: 15,
      tokenValidity: { accessToken: "60 minutes", idToken: "60 minutes", refreshToken: "30 days" },
    },
    {
      [CLIENT]: {
        prevent_user_existence_errors: "ENABLED",
        enable_token_revocation: true,
        auth_session_validity: 15,
        access_token_validity: 60,
        id_token_validity: 60,
        refresh_token_validity: 43_200,
        token_validity_units: { access_token: "minutes", id_token: "minutes", refresh_token: "minutes" },
      },
    },
    {
      [`${CLIENT} refresh_token_validity`]: "30 days are written as days, not as 43,200 minutes",
      [`${CLIENT} token_validity_units.refresh_token`]: "30 days are written as days, not as 43,200 minutes",
    },
  ),
  snippet(
    "App Clients, attributes",
    {
      ...PAGE,
      customAttributes: {
        favouritePizza: { type: "String" },
        favouriteBeverage: { type: "String" },
        pointsEarned: { type: "Number" },
      },
      writeAttributes: ["name", "email", "custom:favouritePizza", "custom:favouriteBeverage"],
      readAttributes: [
        ...["name", "email", "email_verified", "custom:favouritePizza", "custom:favouriteBeverage"],
        "custom:pointsEarned",
      ],
    },
    {
      [CLIENT]: {
        write_attributes: ["name", "email", "custom:favouritePizza", "custom:favouriteBeverage"],
        read_attributes: [
          ...["name", "email", "email_verified", "custom:favouritePizza", "custom:favouriteBeverage"],
          "custom:pointsEarned",
        ],
      },
    },
  ),
  snippet(
    "App Clients, secret and context",
    { propagateUserContext: true },
    { [CLIENT]: { generate_secret: true, enable_propagate_additional_user_context_data: true } },
  ),
  snippet(
    "Resource Servers",
    {
      resourceServers: { users: { scopes: { read: "Read-only access", "*": "Full access" } } },
      clients: {
        "read-only-client": { clientType: "machine", scopes: ["users/read"] },
        "full-access-client": { clientType: "machine", scopes: ["users/*"] },
      },
    },
    {
      "aws_cognito_resource_server.resource_server_users": {
        identifier: "users",
        scope: [
          { scope_name: "read", scope_description: "Read-only access" },
          { scope_name: "*", scope_description: "Full access" },
        ],
      },
      "aws_cognito_user_pool_client.client_read-only-client": { allowed_oauth_scopes: ["users/read"] },
      "aws_cognito_user_pool_client.client_full-access-client": { allowed_oauth_scopes: ["users/*"] },
    },
  ),
  snippet(
    "Domains, prefix",
    { domainPrefix: "my-awesome-app" },
    { "aws_cognito_user_pool_domain.user_pool_domain": { domain: "my-awesome-app" } },
  ),
  snippet(
    "Domains, own domain",
    {
      customDomain: {
        name: "user.myapp.com",
        certificateArn: "arn:aws:acm:us-east-1:123456789012:certificate/11336f14-4483-4adc-9cd3-75c5169d0000",
      },
    },
    {
      "aws_cognito_user_pool_domain.custom_domain": {
        domain: "user.myapp.com",
        certificate_arn: "arn:aws:acm:us-east-1:123456789012:certificate/11-3336f1-44483d-adc7-9cd375c5169d",
      },
    },
    {
      "aws_cognito_user_pool_domain.custom_domain certificate_arn":
        "the documentation's ARN is none of a certificate, and is refused",
    },
  ),
  snippet("Deletion protection", { deletionProtection: true }, { [POOL]: { deletion_protection: "ACTIVE" } }),
  snippet(
    "User Pool Group",
    {
      groups: {
        "my-group-name": { precedence: 1, roleArn: "arn:aws:iam::123456789012:role/my-role" },
        "another-group-name": {},
      },
    },
    {
      "aws_cognito_user_group.group_my-group-name": {
        name: "my-group-name",
        precedence: 1,
        role_arn: "arn:aws:iam::123456789012:role/my-role",
      },
      "aws_cognito_user_group.group_another-group-name": { name: "another-group-name" },
    },
  ),
];

function snippet(
  heading: string,
  settings: EnvironmentSettings,
  resources: Readonly<Record<string, Block>>,
  differences: Readonly<Record<string, string>> = {},
): PeerExample {
  const source = "aws/aws-cdk, 012183d75776, packages/aws-cdk-lib/aws-cognito/README.md";
  return { title: `aws-cdk-lib/aws-cognito, ${heading}`, source, settings, resources, differences };
}
