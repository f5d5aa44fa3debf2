import { trimmed } from "../../../cli/adopt/trim";
import { loadProject } from "../../../settings/project";

const OWN = "arn:aws:lambda:eu-west-1:111122223333:function:own";
const load = (settings: object) =>
  loadProject({ project: "acme", region: "eu-west-1", environments: { prod: settings } });
const trim = (settings: Readonly<Record<string, unknown>>) => trimmed(settings, "prod", load);

it("settings that are allowed stay as they are", () => {
  const settings = { mfa: "OPTIONAL", triggers: { preSignUp: { functionArn: OWN } } };
  expect(trim(settings)).toEqual({ settings, refused: [] });
});

it("what is refused goes, and the rest of it stays", () => {
  const { settings, refused } = trim({ domainPrefix: "acme", scopes: ["openid", "two words"] });
  expect(settings).toEqual({ domainPrefix: "acme", scopes: ["openid"] });
  expect(refused).toEqual([expect.stringContaining('"two words" is not allowed')]);
});

it("where a field is missing, the one goes that asks for it, and not what users sign in with", () => {
  const all = { aliasAttributes: ["email", "phone_number"], mfa: "OPTIONAL", mfaFactors: ["TOTP"], poolTier: "PLUS" };
  const { settings, refused } = trim(all);
  expect(settings).toEqual({ aliasAttributes: ["email", "phone_number"], poolTier: "PLUS" });
  expect(refused.at(-1)).toMatch(/field "mfaFactors": it is missing.* \(because of mfa\)$/);
});

it("functions that are refused together with others stay where they are not refused alone", () => {
  const one = { functionArn: OWN };
  const custom = { defineAuthChallenge: one, createAuthChallenge: one, verifyAuthChallengeResponse: one };
  const { settings } = trim({ triggers: { preSignUp: one, postConfirmation: one, ...custom } });
  expect(settings).toEqual({ triggers: { preSignUp: one, postConfirmation: one } });
});

it("what is refused, and is in no field, ends it", () => {
  expect(() => trimmed({}, "PROD", () => load({ mfa: "no" }))).toThrow("What exists cannot be written as settings.");
});
