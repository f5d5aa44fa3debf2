import type { PeerExample } from "./example";

/** The "complete" example of lgallard/terraform-aws-cognito-user-pool. */
export const LGALLARD: PeerExample = {
  title: "lgallard/terraform-aws-cognito-user-pool, examples/complete",
  source: "lgallard/terraform-aws-cognito-user-pool, 0d816000a928, examples/complete/main.tf",
  settings: {
    region: "us-east-1",
    poolTier: "PLUS",
    deletionProtection: true,
    aliasAttributes: ["email", "phone_number"],
    selfSignUp: false,
    mfa: "OPTIONAL",
    mfaFactors: ["TOTP", "SMS"],
    mfaMessage: { smsMessage: "Your username is {username} and temporary password is {####}." },
    verificationMessage: { smsMessage: "This is the verification message {####}." },
    invitationMessage: {
      emailMessage: "Dear {username}, your verification code is {####}.",
      emailSubject: "Here, your verification code baby",
      smsMessage: "Your username is {username} and temporary password is {####}.",
    },
    deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
    email: {
      sesIdentityArn: "arn:aws:ses:us-east-1:123456789012:identity/myemail@mydomain.com",
      replyTo: "email@mydomain.com",
    },
    passwordPolicy: {
      minimumLength: 10,
      requireLowercase: false,
      temporaryPasswordValidityDays: 120,
      passwordHistorySize: 5,
    },
    threatProtection: "ENFORCED",
    standardAttributes: { gender: { required: true } },
    customAttributes: {
      available: { type: "Boolean" },
      registered: { type: "Boolean", developerOnly: true },
      mynumber1: { type: "Number", min: 2, max: 6, developerOnly: true },
      mynumber2: { type: "Number", min: 2, max: 6, developerOnly: true },
    },
    domainPrefix: "mydomain-com",
    callbackUrls: ["https://mydomain.com/callback"],
    logoutUrls: ["https://mydomain.com/logout"],
    readAttributes: ["email"],
    tokenValidity: { accessToken: "1 hour", idToken: "1 hour", refreshToken: "60 days" },
    clients: {
      test2: { clientType: "web", callbackUrls: ["https://mydomain.com/callback"] },
      test3: {
        clientType: "web",
        callbackUrls: ["https://mydomain.com/callback"],
        logoutUrls: ["https://mydomain.com/logout"],
        scopes: ["email", "openid"],
        authFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        readAttributes: ["email", "phone_number"],
        writeAttributes: ["email", "gender", "locale"],
        tokenValidity: { refreshToken: "30 days" },
      },
    },
    identityProviders: {
      Google: {
        clientId: "your-client-id",
        clientSecret: { secretsManagerSecret: "google" },
        scopes: ["email"],
        attributeMapping: { email: "email", gender: "gender" },
      },
    },
    triggers: {
      createAuthChallenge: { functionArn: arn("create_auth_challenge") },
      customMessage: { functionArn: arn("custom_message") },
      defineAuthChallenge: { functionArn: arn("define_auth_challenge") },
      postAuthentication: { functionArn: arn("post_authentication") },
      postConfirmation: { functionArn: arn("post_confirmation") },
      preAuthentication: { functionArn: arn("pre_authentication") },
      verifyAuthChallengeResponse: { functionArn: arn("verify_auth_challenge_response") },
      preTokenGeneration: { functionArn: arn("pre_token_generation_config"), lambdaVersion: "V1_0" },
      customEmailSender: { functionArn: arn("custom_email_sender") },
      customSmsSender: { functionArn: arn("custom_sms_sender") },
    },
    senderKeyArn: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    groups: { mygroup1: { description: "My group 1" }, mygroup2: { description: "My group 2" } },
    resourceServers: {
      mydomain: {
        identifier: "https://mydomain.com",
        scopes: {
          "sample-scope-1": "A sample Scope Description for mydomain.com",
          "sample-scope-2": "Another sample Scope Description for mydomain.com",
        },
      },
      "weather-read": {
        identifier: "https://weather-read-app.com",
        scopes: { "weather.read": "Read weather forecasts" },
      },
    },
    tags: { Owner: "infra", Terraform: "true" },
  },
  resources: {
    "aws_cognito_user_pool.user_pool": {
      name: "mypool_complete",
      alias_attributes: ["email", "phone_number"],
      auto_verified_attributes: ["email"],
      sms_authentication_message: "Your username is {username} and temporary password is {####}.",
      sms_verification_message: "This is the verification message {####}.",
      deletion_protection: "ACTIVE",
      mfa_configuration: "OPTIONAL",
      software_token_mfa_configuration: { enabled: true },
      admin_create_user_config: {
        allow_admin_create_user_only: true,
        invite_message_template: {
          email_message: "Dear {username}, your verification code is {####}.",
          email_subject: "Here, your verification code baby",
          sms_message: "Your username is {username} and temporary password is {####}.",
        },
      },
      device_configuration: { challenge_required_on_new_device: true, device_only_remembered_on_user_prompt: true },
      email_configuration: {
        email_sending_account: "DEVELOPER",
        reply_to_email_address: "email@mydomain.com",
        source_arn: "arn:aws:ses:us-east-1:123456789012:identity/myemail@mydomain.com",
      },
      lambda_config: {
        create_auth_challenge: arn("create_auth_challenge"),
        custom_message: arn("custom_message"),
        define_auth_challenge: arn("define_auth_challenge"),
        post_authentication: arn("post_authentication"),
        post_confirmation: arn("post_confirmation"),
        pre_authentication: arn("pre_authentication"),
        verify_auth_challenge_response: arn("verify_auth_challenge_response"),
        pre_sign_up: arn("pre_sign_up"),
        pre_token_generation: arn("pre_token_generation"),
        user_migration: arn("user_migration"),
        kms_key_id: "${aws_kms_key.lambda-custom-sender.arn}",
        pre_token_generation_config: { lambda_arn: arn("pre_token_generation_config"), lambda_version: "V1_0" },
        custom_email_sender: { lambda_arn: arn("custom_email_sender"), lambda_version: "V1_0" },
        custom_sms_sender: { lambda_arn: arn("custom_sms_sender"), lambda_version: "V1_0" },
      },
      password_policy: {
        minimum_length: 10,
        require_lowercase: false,
        require_numbers: true,
        require_symbols: true,
        require_uppercase: true,
        temporary_password_validity_days: 120,
        password_history_size: 5,
      },
      user_pool_add_ons: { advanced_security_mode: "ENFORCED" },
      verification_message_template: { default_email_option: "CONFIRM_WITH_CODE" },
      schema: [
        attribute("available", "Boolean", { mutable: true }),
        attribute("registered", "Boolean", { mutable: true, developer_only_attribute: true }),
        attribute("email", "String", {
          required: true,
          mutable: false,
          string_attribute_constraints: { min_length: "7", max_length: "15" },
        }),
        attribute("gender", "String", {
          required: true,
          mutable: false,
          string_attribute_constraints: { min_length: "7", max_length: "15" },
        }),
        ...["mynumber1", "mynumber2"].map((name) =>
          attribute(name, "Number", {
            mutable: true,
            developer_only_attribute: true,
            number_attribute_constraints: { min_value: "2", max_value: "6" },
          }),
        ),
      ],
    },
    "aws_cognito_user_pool_domain.user_pool_domain": { domain: "mydomain-com" },
    "aws_cognito_user_pool_client.user_pool_client": {
      name: "test1",
      generate_secret: true,
      allowed_oauth_flows: [],
      allowed_oauth_flows_user_pool_client: false,
      allowed_oauth_scopes: [],
      callback_urls: ["https://mydomain.com/callback"],
      default_redirect_uri: "https://mydomain.com/callback",
      explicit_auth_flows: [],
      read_attributes: ["email"],
      write_attributes: [],
      access_token_validity: 1,
      id_token_validity: 1,
      refresh_token_validity: 60,
      token_validity_units: { access_token: "hours", id_token: "hours", refresh_token: "days" },
    },
    "aws_cognito_user_pool_client.client_test2": {
      name: "test2",
      generate_secret: false,
      allowed_oauth_flows: [],
      allowed_oauth_flows_user_pool_client: false,
      allowed_oauth_scopes: [],
      callback_urls: ["https://mydomain.com/callback"],
      default_redirect_uri: "https://mydomain.com/callback",
      explicit_auth_flows: [],
      read_attributes: [],
      write_attributes: [],
    },
    "aws_cognito_user_pool_client.client_test3": {
      name: "test3",
      generate_secret: false,
      allowed_oauth_flows: ["code", "implicit"],
      allowed_oauth_flows_user_pool_client: true,
      allowed_oauth_scopes: ["email", "openid"],
      callback_urls: ["https://mydomain.com/callback"],
      default_redirect_uri: "https://mydomain.com/callback",
      explicit_auth_flows: ["CUSTOM_AUTH_FLOW_ONLY", "ADMIN_NO_SRP_AUTH"],
      logout_urls: ["https://mydomain.com/logout"],
      read_attributes: ["email", "phone_number"],
      write_attributes: ["email", "gender", "locale"],
      refresh_token_validity: 30,
    },
    "aws_cognito_user_group.group_mygroup1": { name: "mygroup1", description: "My group 1" },
    "aws_cognito_user_group.group_mygroup2": { name: "mygroup2", description: "My group 2" },
    "aws_cognito_resource_server.resource_server_mydomain": {
      identifier: "https://mydomain.com",
      name: "mydomain",
      scope: [
        { scope_name: "sample-scope-1", scope_description: "A sample Scope Description for mydomain.com" },
        { scope_name: "sample-scope-2", scope_description: "Another sample Scope Description for mydomain.com" },
      ],
    },
    "aws_cognito_resource_server.resource_server_weather-read": {
      identifier: "https://weather-read-app.com",
      name: "weather-read",
      scope: [{ scope_name: "weather.read", scope_description: "Read weather forecasts" }],
    },
    "aws_cognito_identity_provider.identity_provider_Google": {
      provider_name: "Google",
      provider_type: "Google",
      provider_details: {
        authorize_scopes: "email",
        client_id: "your client_id",
        client_secret: "your client_secret",
        attributes_url_add_attributes: "true",
        authorize_url: "https://accounts.google.com/o/oauth2/v2/auth",
        oidc_issuer: "https://accounts.google.com",
        token_request_method: "POST",
        token_url: "https://www.googleapis.com/oauth2/v4/token",
      },
      attribute_mapping: { email: "email", username: "sub", gender: "gender" },
    },
  },
  differences: {
    "aws_cognito_user_pool.user_pool name": "names begin with those of the project and the environment",
    "aws_cognito_user_pool.user_pool auto_verified_attributes":
      "a phone number that users sign in with counts only once it is verified, so it is, by text message",
    "aws_cognito_user_pool.user_pool sms_verification_message":
      "no longer used (SmsVerificationMessage of CreateUserPool, Cognito API reference); the same text is `verification_message_template.sms_message`",
    "aws_cognito_user_pool.user_pool lambda_config.pre_sign_up":
      "the function that keeps users unique; a check of one's own runs in it (`triggers.preSignUp`)",
    "aws_cognito_user_pool.user_pool lambda_config.pre_token_generation":
      "where `pre_token_generation_config` is set, too, both must name the same function (PreTokenGeneration of LambdaConfigType, Cognito API reference)",
    "aws_cognito_user_pool.user_pool lambda_config.user_migration":
      "made here, with `migrateFrom`, so that accounts that move stay unique",
    "aws_cognito_user_pool.user_pool lambda_config.kms_key_id":
      "the example makes a key beside the pool; here it is named by its ARN, or made with `customize`",
    "aws_cognito_user_pool.user_pool schema.[email].mutable":
      "an address that cannot change cannot be corrected, and no identity provider can be mapped to it",
    "aws_cognito_user_pool.user_pool schema.[email].string_attribute_constraints":
      "an address of more than 15 characters could not sign up",
    "aws_cognito_user_pool.user_pool schema.[gender].mutable":
      "the example maps Google's claim to it, and Cognito writes a mapped attribute at every sign-in: an immutable one is refused",
    "aws_cognito_user_pool.user_pool schema.[gender].string_attribute_constraints":
      "standard attributes have Cognito's own bounds: `male` has fewer than the 7 characters that the example asks for",
    "aws_cognito_user_pool_client.user_pool_client name": "names begin with those of the project and the environment",
    "aws_cognito_user_pool_client.client_test2 name": "names begin with those of the project and the environment",
    "aws_cognito_user_pool_client.client_test3 name": "names begin with those of the project and the environment",
    "aws_cognito_user_pool_client.user_pool_client allowed_oauth_flows":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.user_pool_client allowed_oauth_flows_user_pool_client":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.user_pool_client allowed_oauth_scopes":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.user_pool_client explicit_auth_flows":
      "without a list, Cognito also allows ALLOW_CUSTOM_AUTH (ExplicitAuthFlows of CreateUserPoolClient, Cognito API reference)",
    "aws_cognito_user_pool_client.user_pool_client write_attributes":
      "without a list, a client may have all standard attributes; here they are those that a user may change, with what the pool requires",
    "aws_cognito_user_pool_client.client_test2 allowed_oauth_flows":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.client_test2 allowed_oauth_flows_user_pool_client":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.client_test2 allowed_oauth_scopes":
      "a user's client signs in by authorization code, with scopes that say what its tokens are for; a client without a flow cannot be used with the hosted pages that the example makes",
    "aws_cognito_user_pool_client.client_test2 explicit_auth_flows":
      "without a list, Cognito also allows ALLOW_CUSTOM_AUTH (ExplicitAuthFlows of CreateUserPoolClient, Cognito API reference)",
    "aws_cognito_user_pool_client.client_test2 write_attributes":
      "without a list, a client may have all standard attributes; here they are those that a user may change, with what the pool requires",
    "aws_cognito_user_pool_client.client_test2 read_attributes":
      "without a list, a client may have all standard attributes; here they are those of a profile, with what the pool requires",
    "aws_cognito_user_pool_client.client_test3 allowed_oauth_flows":
      'no implicit flow, which puts tokens into URLs: "OAuth 2.0 Security Best Current Practice", RFC 9700',
    "aws_cognito_user_pool_client.client_test3 explicit_auth_flows":
      "the flows' present names; Cognito's API keeps the old ones for old clients",
    "aws_cognito_identity_provider.identity_provider_Google provider_details.client_id":
      "the example's placeholder has a blank, which no client id has",
    "aws_cognito_identity_provider.identity_provider_Google provider_details.client_secret":
      "a secret is read from SSM or Secrets Manager, not written down",
  },
};

function arn(name: string): string {
  return `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
}

function attribute(name: string, type: string, rest: object) {
  return { name, attribute_data_type: type, developer_only_attribute: false, required: false, ...rest };
}
