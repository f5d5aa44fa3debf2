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
};
