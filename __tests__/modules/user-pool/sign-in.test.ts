import type { UserPoolProps } from "../../../modules/user-pool/user-pool";
import { only, statementsOf } from "../../support/stack";
import { poolWith, refusalOf, stackWithPool } from "./pool-with";

const email = { sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com", from: "auth@acme.com" };

describe("second factors", () => {
  it("are off where nothing is said: no argument is written", () => {
    const pool = poolWith();
    for (const name of ["mfa_configuration", "software_token_mfa_configuration", "sms_configuration"]) {
      expect(pool).not.toHaveProperty(name);
    }
  });

  it("are authenticator apps by default", () => {
    expect(poolWith({ mfa: "OPTIONAL" })).toMatchObject({
      mfa_configuration: "OPTIONAL",
      software_token_mfa_configuration: { enabled: true },
    });
    expect(poolWith({ mfa: "OPTIONAL" })).not.toHaveProperty("sms_configuration");
  });

  it("by text message come with a role that sends for this pool only, and verified numbers", () => {
    const { resource } = stackWithPool({ mfa: "ON", mfaFactors: ["TOTP", "SMS"], snsRegion: "eu-central-1" });
    expect(only(resource, "aws_cognito_user_pool")).toMatchObject({
      mfa_configuration: "ON",
      auto_verified_attributes: ["email", "phone_number"],
      user_attribute_update_settings: { attributes_require_verification_before_update: ["email", "phone_number"] },
      sms_configuration: {
        external_id: "acme-dev-v2",
        sns_caller_arn: "${aws_iam_role.user_pool_sms_role.arn}",
        sns_region: "eu-central-1",
      },
      depends_on: ["aws_iam_role_policy.user_pool_sms_role_publish"],
    });
    expect(statementsOf(resource.aws_iam_role?.user_pool_sms_role, "assume_role_policy")).toEqual([
      {
        Effect: "Allow",
        Action: "sts:AssumeRole",
        Principal: { Service: "cognito-idp.amazonaws.com" },
        Condition: {
          StringEquals: {
            "sts:ExternalId": "acme-dev-v2",
            "aws:SourceAccount": "${data.aws_caller_identity.user_pool_account.account_id}",
          },
        },
      },
    ]);
    expect(statementsOf(only(resource, "aws_iam_role_policy"))).toEqual([
      { Effect: "Allow", Action: "sns:Publish", Resource: "*" },
    ]);
  });

  it("by e-mail come with a sender and two ways of recovery", () => {
    const accountRecovery = ["verified_email", "verified_phone_number"] as const;
    const settings: Partial<UserPoolProps> = {
      mfa: "OPTIONAL",
      mfaFactors: ["SMS", "EMAIL"],
      email,
      accountRecovery: [...accountRecovery],
      mfaMessage: { emailMessage: "Code {####}", emailSubject: "Your code" },
    };
    expect(poolWith(settings).email_mfa_configuration).toEqual({ message: "Code {####}", subject: "Your code" });
    for (const missing of [{ email: undefined }, { accountRecovery: undefined }, { poolTier: "LITE" as const }]) {
      expect(refusalOf({ ...settings, ...missing })).toMatch(/^field "mfaFactors": \["SMS","EMAIL"\] is not allowed/m);
    }
  });
});

it("passkeys and one-time codes are first factors", () => {
  const relyingPartyId = "auth.acme.com";
  const settings: Partial<UserPoolProps> = {
    firstAuthFactors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"],
    passkeys: { relyingPartyId },
  };
  expect(poolWith(settings)).toMatchObject({
    sign_in_policy: { allowed_first_auth_factors: ["PASSWORD", "EMAIL_OTP", "WEB_AUTHN"] },
    web_authn_configuration: { relying_party_id: relyingPartyId, user_verification: "preferred" },
  });
});

it("a forgotten password is replaced by a verified address, or in another order, or by administrators only", () => {
  const recovery = (accountRecovery?: UserPoolProps["accountRecovery"]) =>
    poolWith({ accountRecovery }).account_recovery_setting.recovery_mechanism;
  expect(recovery()).toEqual([{ name: "verified_email", priority: 1 }]);
  expect(recovery(["verified_phone_number", "verified_email"])).toEqual([
    { name: "verified_phone_number", priority: 1 },
    { name: "verified_email", priority: 2 },
  ]);
  expect(recovery([])).toEqual([{ name: "admin_only", priority: 1 }]);
});

it.each<[Partial<UserPoolProps>, string[]]>([
  [{ aliasAttributes: ["email", "phone_number"] }, ["verified_email"]],
  [{ aliasAttributes: ["phone_number"] }, ["verified_phone_number"]],
  [{ usernameAttributes: ["phone_number"] }, ["verified_phone_number"]],
  [{ usernameAttributes: ["email", "phone_number"] }, ["verified_email", "verified_phone_number"]],
  [{ aliasAttributes: [] }, ["admin_only"]],
  [{ aliasAttributes: [], standardAttributes: { email: { required: true } } }, ["verified_email"]],
  [
    { usernameAttributes: ["phone_number"], standardAttributes: { email: {} } },
    ["verified_email", "verified_phone_number"],
  ],
])("by default every account of a pool with %j has a way to replace its password", (props, ways) => {
  const { recovery_mechanism } = poolWith(props).account_recovery_setting;
  expect(recovery_mechanism.map(({ name }: { name: string }) => name)).toEqual(ways);
});

it("a default that Cognito would refuse is a choice to make", () => {
  expect(() => poolWith({ aliasAttributes: ["phone_number"], mfa: "ON", mfaFactors: ["SMS"] })).toThrow(
    /field "accountRecovery": .*\[\] for administrators only/,
  );
});

it("devices are remembered where that is asked for", () => {
  expect(poolWith({ deviceTracking: { challengeRequiredOnNewDevice: true } }).device_configuration).toEqual({
    challenge_required_on_new_device: true,
    device_only_remembered_on_user_prompt: false,
  });
});

it("threat protection is part of the tier PLUS", () => {
  expect(poolWith({ threatProtection: "ENFORCED", poolTier: "PLUS" }).user_pool_add_ons).toEqual({
    advanced_security_mode: "ENFORCED",
  });
});

it.each([
  [{ mfaFactors: ["TOTP"] }, "mfaFactors", "second factors only beside mfa OPTIONAL or ON"],
  [{ mfa: "ON", mfaFactors: [] }, "mfaFactors", "a list of TOTP, SMS, EMAIL"],
  [{ firstAuthFactors: ["EMAIL_OTP"] }, "firstAuthFactors", "a list with PASSWORD in it"],
  [
    { firstAuthFactors: ["PASSWORD", "EMAIL_OTP"], poolTier: "LITE" },
    "firstAuthFactors",
    "PASSWORD only with the tier LITE",
  ],
  [{ firstAuthFactors: ["PASSWORD", "EMAIL_OTP"], mfa: "ON" }, "firstAuthFactors", "PASSWORD only beside mfa ON"],
  [{ firstAuthFactors: ["PASSWORD", "WEB_AUTHN"] }, "passkeys", 'passkeys beside the first factor "WEB_AUTHN"'],
  [{ passkeys: { relyingPartyId: "acme.com" } }, "passkeys", 'passkeys beside the first factor "WEB_AUTHN"'],
  [{ passkeys: { relyingPartyId: "https://acme.com" } }, "passkeys.relyingPartyId", "a domain name"],
  [{ passkeys: { relyingPartyId: "10.0.0.1" } }, "passkeys.relyingPartyId", "a domain name"],
  [{ threatProtection: "AUDIT" }, "threatProtection", "OFF, or AUDIT and ENFORCED with poolTier PLUS"],
  [
    { mfa: "ON", mfaFactors: ["SMS"], accountRecovery: ["verified_phone_number"] },
    "accountRecovery",
    "a way that is not also the only second factor",
  ],
  [{ accountRecovery: ["verified_email", "verified_email"] }, "accountRecovery", "a list of different"],
])("%j is refused", (props, field, allowed) => {
  const refusal = refusalOf(props as Partial<UserPoolProps>);
  expect(refusal).toContain(`field "${field}"`);
  expect(refusal).toContain(`allowed: ${allowed}`);
});

describe("the name of the role for text messages", () => {
  const roleName = (userPoolName: string) =>
    only(stackWithPool({ userPoolName, mfa: "OPTIONAL", mfaFactors: ["SMS"] }).resource, "aws_iam_role").name as string;

  it("is the pool's, where IAM takes it", () => {
    expect(roleName("acme-dev-v2")).toBe("acme-dev-v2-sms");
    expect(roleName("p".repeat(60))).toBe(`${"p".repeat(60)}-sms`);
  });

  it.each(["our users", "p".repeat(61), "p".repeat(128), " "])(
    "is made of %j with its hash, where IAM does not",
    (pool) => {
      expect(roleName(pool)).toMatch(/^[\w+=,.@-]{1,51}-[0-9a-f]{8}-sms$/);
    },
  );

  it("is another one for another pool", () => {
    expect(roleName("our users")).not.toBe(roleName("our-users"));
    expect(roleName(`${"p".repeat(61)}a`)).not.toBe(roleName(`${"p".repeat(61)}b`));
  });
});
