import type { EnvironmentSettings, ProjectSettings } from "#settings";

/**
 * An app on a phone: it keeps no secret, returns from the hosted pages by its own scheme or a universal link, and stays signed in for months on devices
 * that are remembered.
 */
const app: EnvironmentSettings = {
  clientType: "native",
  callbackUrls: ["acme-fit://auth", "https://fit.acme.com/auth"],
  logoutUrls: ["acme-fit://signed-out"],
  tokenValidity: { accessToken: "1 hour", idToken: "1 hour", refreshToken: "90 days" },
  refreshTokenRotation: { retryGracePeriodSeconds: 60 },
  deviceTracking: { challengeRequiredOnNewDevice: true, deviceOnlyRememberedOnUserPrompt: true },
  mfa: "OPTIONAL",
  mfaFactors: ["TOTP", "SMS"],
  accountRecovery: ["verified_email", "verified_phone_number"],
  customAttributes: { units: { type: "String", maxLength: 8 }, goal: { type: "Number", min: 0, max: 100_000 } },
};

const project: ProjectSettings = {
  project: "acme-fit",
  region: "eu-west-1",
  environments: {
    dev: { ...app, selfSignUp: true },
    prod: {
      ...app,
      email: {
        sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
        from: "Acme Fit <no-reply@acme.com>",
      },
      alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call",
      dashboard: true,
    },
  },
};

export default project;
