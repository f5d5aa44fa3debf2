import type { EnvironmentSettings, ProjectSettings } from "#settings";

/** Users sign in with a passkey, or with a code by e-mail. A password stays possible: Cognito lets no pool do without. */
const pool: EnvironmentSettings = {
  clientType: "web",
  managedLogin: true,
  firstAuthFactors: ["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"],
  authFlows: ["ALLOW_USER_AUTH"],
  refreshTokenRotation: {},
  passwordPolicy: { minimumLength: 15, passwordHistorySize: 5 },
  authSessionValidity: 10,
  selfSignUp: true,
};

const project: ProjectSettings = {
  project: "acme-news",
  region: "eu-west-1",
  environments: {
    dev: {
      ...pool,
      passkeys: { relyingPartyId: "acme-news-dev-v2.auth.eu-west-1.amazoncognito.com" },
      applicationUrls: ["http://localhost:3000"],
    },
    prod: {
      ...pool,
      passkeys: {
        relyingPartyId: "acme-news-prod-v2.auth.eu-west-1.amazoncognito.com",
        userVerification: "required",
      },
      applicationUrls: ["https://news.acme.com"],
      email: {
        sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
        from: "Acme News <no-reply@acme.com>",
      },
      messages: "neutral",
    },
  },
};

export default project;
