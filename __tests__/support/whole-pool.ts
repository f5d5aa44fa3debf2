import type { EnvironmentSettings } from "../../settings/schema";

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
      identityProviders: ["SignInWithApple", "AcmeOkta"],
      clientType: "native",
      callbackUrls: ["my-app://auth"],
    },
  },
};
