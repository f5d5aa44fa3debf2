import type { EnvironmentSettings, ProjectSettings } from "#settings";

/** A page in the browser keeps no secret: authorization code with PKCE, and refresh tokens that can be used once. */
const page: EnvironmentSettings = {
  clientType: "web",
  scopes: ["openid", "email", "profile"],
  tokenValidity: { accessToken: "15 minutes", idToken: "15 minutes", refreshToken: "12 hours" },
  refreshTokenRotation: { retryGracePeriodSeconds: 10 },
  passwordPolicy: { minimumLength: 12 },
  mfa: "OPTIONAL",
};

const project: ProjectSettings = {
  project: "acme-shop",
  region: "eu-west-1",
  environments: {
    dev: { ...page, applicationUrls: ["http://localhost:5173"], selfSignUp: true },
    prod: {
      ...page,
      applicationUrls: ["https://shop.acme.com"],
      email: {
        sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com",
        from: "Acme <no-reply@acme.com>",
      },
    },
  },
};

export default project;
