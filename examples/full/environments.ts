import type { EnvironmentSettings, ProjectSettings } from "#settings";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

/** Every setting that a pool can have at once. Tests and the plan review are held against it. */
const full: EnvironmentSettings = {
  production: true,
  applicationUrls: ["https://acme.com"],
  selfSignUp: false,
  federated: "link",
  messages: "neutral",
  migrateFrom: { userPoolId: "eu-west-1_OldPool01", clientId: "1example23456789" },
  reservedConcurrency: 10,
  lambdaLayer: true,
  kmsKeyArn: KEY,
  alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
  dashboard: true,
  poolTier: "PLUS",
  passwordPolicy: { minimumLength: 12, passwordHistorySize: 5 },
  aliasAttributes: ["email", "phone_number", "preferred_username"],
  mfa: "OPTIONAL",
  mfaFactors: ["TOTP", "SMS", "EMAIL"],
  firstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"],
  passkeys: { relyingPartyId: "auth.acme.com", userVerification: "required" },
  accountRecovery: ["verified_email", "verified_phone_number"],
  deviceTracking: { challengeRequiredOnNewDevice: true },
  threatProtection: "ENFORCED",
  standardAttributes: { given_name: { required: true }, birthdate: {}, updated_at: {} },
  customAttributes: {
    plan: { type: "String", maxLength: 20 },
    seats: { type: "Number", min: 1 },
    score: { type: "Number" },
    since: { type: "DateTime" },
    beta: { type: "Boolean", mutable: false },
  },
  email: {
    sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
    from: "Acme <auth@acme.com>",
    replyTo: "help@acme.com",
    configurationSet: "auth",
  },
  snsRegion: "eu-west-1",
  verificationMessage: { emailSubject: "Code", emailMessage: "It is {####}", smsMessage: "Code {####}" },
  invitationMessage: { emailSubject: "Hello", emailMessage: "{username} {####}", smsMessage: "{username} {####}" },
  mfaMessage: { emailSubject: "Code", emailMessage: "It is {####}", smsMessage: "Code {####}" },
  resourceServers: { orders: { scopes: { read: "Read orders", write: "Write orders" } } },
  groups: { administrators: { description: "All", precedence: 1, roleArn: "arn:aws:iam::111122223333:role/admin" } },
  triggers: {
    preSignUp: { file: "examples/full/triggers/only-acme.ts" },
    postConfirmation: { file: "examples/full/triggers/welcome.ts", variables: { TEAM: "acme" }, memorySize: 256 },
    preTokenGeneration: { file: "examples/full/triggers/roles.ts", lambdaVersion: "V2_0" },
    defineAuthChallenge: { file: "examples/full/triggers/challenge.ts" },
    createAuthChallenge: { file: "examples/full/triggers/challenge.ts", variables: { TEAM: "acme" } },
    verifyAuthChallengeResponse: { file: "examples/full/triggers/challenge.ts" },
    customEmailSender: { file: "examples/full/triggers/sender.ts", timeout: 30 },
    customSmsSender: { file: "examples/full/triggers/sender.ts" },
    preAuthentication: { functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:look:live", permission: false },
  },
  senderKeyArn: KEY,
  customDomain: { name: "auth.acme.com", hostedZoneId: "Z0123456789ABCDEFGHIJ" },
  managedLogin: {
    settings: { components: { form: { borderRadius: 8 } } },
    assets: [{ category: "FORM_LOGO", colorMode: "DYNAMIC", file: "examples/full/logo.png", resourceId: "logo" }],
  },
  identityProviders: {
    Google: { clientId: "1.apps.googleusercontent.com", clientSecret: { ssmParameter: "/acme/google" } },
    Facebook: { clientId: "1234567890", clientSecret: { secretsManagerSecret: "acme/facebook" } },
    SignInWithApple: {
      ...{ clientId: "com.acme.auth", teamId: "ABCDE12345", keyId: "FGHIJ67890" },
      privateKey: { secretsManagerSecret: "acme/apple", jsonKey: "private_key" },
    },
    LoginWithAmazon: {
      clientId: "amzn1.application-oa2-client.1",
      clientSecret: { ssmParameter: "/acme/amazon" },
      attributeMapping: { given_name: "name" },
    },
    AcmeOkta: {
      ...{
        type: "OIDC",
        issuer: "https://acme.okta.com",
        clientId: "0oa1",
        clientSecret: { ssmParameter: "/acme/okta" },
      },
      attributeMapping: { "custom:plan": "plan" },
      identifiers: ["acme.com"],
      endpoints: {
        authorization: "https://acme.okta.com/oauth2/v1/authorize",
        token: "https://acme.okta.com/oauth2/v1/token",
        userInfo: "https://acme.okta.com/oauth2/v1/userinfo",
        jwksUri: "https://acme.okta.com/oauth2/v1/keys",
      },
    },
    AcmeEntra: {
      type: "SAML",
      metadataUrl: "https://login.microsoftonline.com/acme/federationmetadata/2007-06/federationmetadata.xml",
      ...{ idpSignout: true, idpInitiated: true, encryptedResponses: true, requestSigningAlgorithm: "rsa-sha256" },
    },
  },
  tokenValidity: { accessToken: "30 minutes", idToken: "30 minutes", refreshToken: "1 day" },
  authSessionValidity: 5,
  refreshTokenRotation: { retryGracePeriodSeconds: 10 },
  propagateUserContext: true,
  clients: {
    worker: { clientType: "machine", scopes: ["orders/read"] },
    web: {
      clientType: "web",
      callbackUrls: ["https://acme.com/auth"],
      scopes: ["openid"],
      authFlows: ["ALLOW_USER_AUTH"],
      readAttributes: ["email", "custom:plan"],
    },
    mobile: {
      clientType: "native",
      callbackUrls: ["my-app://auth"],
      authFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      identityProviders: ["SignInWithApple", "AcmeOkta"],
    },
  },
  riskConfiguration: {
    accountTakeover: {
      low: { action: "NO_ACTION" },
      medium: { action: "MFA_IF_CONFIGURED", notify: true },
      high: { action: "BLOCK", notify: true },
      notify: {
        sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
        from: "Acme <auth@acme.com>",
        replyTo: "help@acme.com",
        blockEmail: { subject: "Blocked", textBody: "Was it you?", htmlBody: "<p>Was it you?</p>" },
        mfaEmail: { subject: "Code", textBody: "Was it you?", htmlBody: "<p>Was it you?</p>" },
        noActionEmail: { subject: "New device", textBody: "Was it you?", htmlBody: "<p>Was it you?</p>" },
      },
    },
    compromisedCredentials: { action: "BLOCK", events: ["SIGN_IN", "SIGN_UP"] },
    exceptions: { blockedIpRanges: ["192.0.2.0/24", "2001:db8::/32"] },
  },
  logDelivery: { userNotification: "CLOUDWATCH", userAuthEvents: "CLOUDWATCH" },
  waf: { requestsPerFiveMinutes: 500, managedRuleGroups: ["AWSManagedRulesAmazonIpReputationList"] },
  identityPool: {
    clients: ["user-pool", "web"],
    roleMapping: { type: "Token", ambiguousRoleResolution: "Deny" },
    principalTags: { username: "sub", plan: "custom:plan" },
  },
};

const project: ProjectSettings = {
  project: "acme",
  region: "eu-west-1",
  state: { kmsKeyArn: KEY },
  tags: { team: "identity" },
  environments: { prod: full },
};

export default project;
