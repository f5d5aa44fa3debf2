import type { EnvironmentSettings } from "../../settings/schema";
import { OWN_TRIGGERS, SENDER_KEY } from "./own-triggers";

/** Every setting of the pool, its clients, servers and groups. */
export const WHOLE_POOL: EnvironmentSettings = {
  poolTier: "PLUS",
  passwordPolicy: { minimumLength: 12, passwordHistorySize: 5 },
  mfa: "OPTIONAL",
  mfaFactors: ["TOTP", "SMS", "EMAIL"],
  firstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"],
  passkeys: { relyingPartyId: "acme.com", userVerification: "required" },
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
    ...OWN_TRIGGERS,
    preAuthentication: { functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:look:live", permission: false },
  },
  senderKeyArn: SENDER_KEY,
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
