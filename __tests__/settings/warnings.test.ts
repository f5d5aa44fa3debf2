import { loadProject } from "../../settings/project";
import type { EnvironmentSettings } from "../../settings/schema";
import { warnings } from "../../settings/warnings";

const warned = (name: string, settings: EnvironmentSettings) =>
  loadProject({ project: "acme", region: "eu-west-1", environments: { [name]: settings } }).environments.flatMap(
    warnings,
  );

const email = { sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/auth@acme.com" };

it("a production environment that redirects to localhost is warned about", () => {
  expect(warned("prod", { email })).toEqual([
    'environment "prod" redirects users after a sign-in to http://localhost:3000/auth: set applicationUrls to where the application runs.',
  ]);
});

it("a production environment that is open for sign-ups and sends by Cognito is warned about", () => {
  const applicationUrls = ["https://a.example"];
  expect(warned("prod", { applicationUrls })).toEqual([
    `environment "prod" lets anyone sign up, but Cognito's own sender sends 50 messages a day: set email, to send by SES.`,
  ]);
  expect(warned("prod", { applicationUrls, selfSignUp: false })).toEqual([]);
});

it("an environment that anyone may sign up to while accounts of another pool move there is warned about", () => {
  const migrateFrom = { userPoolId: "eu-west-1_OldPool01", clientId: "1oldclient" };
  expect(warned("dev", { migrateFrom, selfSignUp: true })).toEqual([
    expect.stringMatching(/^environment "dev" lets anyone sign up/),
  ]);
  expect(warned("dev", { migrateFrom, selfSignUp: false })).toEqual([]);
  expect(warned("dev", { selfSignUp: true })).toEqual([]);
});

it("a user migration of one's own, which nothing keeps unique, is warned about", () => {
  expect(warned("dev", { triggers: { userMigration: { file: "lambda/migrate.ts" } } })).toEqual([
    expect.stringMatching(/^environment "dev" has a userMigration function of its own/),
  ]);
});

it("an environment whose pages do not offer its ways to sign in is warned about", () => {
  const passkeys = { relyingPartyId: "auth.acme.com" };
  const settings: EnvironmentSettings = { firstAuthFactors: ["PASSWORD", "WEB_AUTHN", "EMAIL_OTP"], passkeys };
  expect(warned("dev", settings)).toEqual([
    'environment "dev" has firstAuthFactors that the classic pages do not offer (WEB_AUTHN, EMAIL_OTP): set managedLogin, unless users sign in on pages of your own.',
  ]);
  const host = { relyingPartyId: "acme-dev-v2.auth.eu-west-1.amazoncognito.com" };
  expect(warned("dev", { ...settings, passkeys: host, managedLogin: true })).toEqual([]);
  expect(warned("dev", { firstAuthFactors: ["PASSWORD"] })).toEqual([]);
});

it("passkeys of another domain than that of the pages are warned about", () => {
  const settings: EnvironmentSettings = { managedLogin: true, firstAuthFactors: ["PASSWORD", "WEB_AUTHN"] };
  const host = "acme-dev-v2.auth.us-gov-west-1.amazoncognito.com".replace(".auth.", ".auth-fips.");
  const region = "us-gov-west-1";
  expect(warned("dev", { ...settings, region, passkeys: { relyingPartyId: "acme.com" } })).toEqual([
    expect.stringContaining(`set passkeys.relyingPartyId to ${host}, or customDomain`),
  ]);
  expect(warned("dev", { ...settings, region, passkeys: { relyingPartyId: host } })).toEqual([]);
});

it("an identity pool in us-gov-east-1 whose role has a long name is warned about", () => {
  expect(warned("dev", { identityPool: {}, region: "us-gov-east-1" })).toEqual([
    expect.stringContaining("acme-dev-authenticated has 22"),
  ]);
  expect(warned("dev", { identityPool: {}, region: "us-gov-west-1" })).toEqual([]);
});

it("others are not", () => {
  expect(warned("dev", {})).toEqual([]);
  expect(warned("prod", { applicationUrls: ["https://a.example"], email })).toEqual([]);
});
