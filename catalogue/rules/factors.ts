import { API, absent, CDK, GUIDE, long, refused, rule, warned, written } from "./rule";

const POOL = "cognito_user_pool";
const relyingPartyId = "auth.acme.com";
const webAuthn = { firstAuthFactors: ["PASSWORD", "WEB_AUTHN"] as Array<"PASSWORD" | "WEB_AUTHN"> };
const LGALLARD = "lgallard/terraform-aws-cognito-user-pool 5.1.2, preconditions";
const email = { sesIdentityArn: "arn:aws:ses:eu-west-1:111122223333:identity/acme.com", from: "auth@acme.com" };
const emailFactor = {
  mfa: "OPTIONAL" as const,
  mfaFactors: ["SMS" as const, "EMAIL" as const],
  accountRecovery: ["verified_email" as const, "verified_phone_number" as const],
  email,
};

export const featurePlan = [
  rule(
    "tiers",
    "A pool's tier is LITE, ESSENTIALS or PLUS.",
    API("UserPoolTier", "CreateUserPool"),
    refused("poolTier", { poolTier: "FREE" }, { poolTier: "LITE" }),
  ),
  rule(
    "threat-protection-tier",
    "Threat protection needs the tier PLUS.",
    "FeatureUnavailableInTierException, hashicorp/terraform-provider-aws#40734",
    refused(
      "threatProtection",
      { threatProtection: "AUDIT", poolTier: "ESSENTIALS" },
      { threatProtection: "AUDIT", poolTier: "PLUS" },
    ),
  ),
  rule(
    "threat-protection-modes",
    "Threat protection is OFF, AUDIT or ENFORCED.",
    API("AdvancedSecurityMode", "UserPoolAddOnsType"),
    refused(
      "threatProtection",
      { threatProtection: "FULL", poolTier: "PLUS" },
      { threatProtection: "ENFORCED", poolTier: "PLUS" },
    ),
  ),
];

export const additionalFlows = [
  rule(
    "custom-auth-threat-protection",
    "Threat protection of custom authentication is AUDIT or ENFORCED.",
    API("AdvancedSecurityAdditionalFlowsType"),
    absent(
      "threat protection is that of sign-ins with a password and on the pages",
      POOL,
      "advanced_security_additional_flows",
    ),
  ),
  rule(
    "one-threat-protection",
    "Threat protection is said in one place.",
    CDK("standardThreatProtectionMode"),
    written(
      "threatProtection is the one setting",
      POOL,
      ({ user_pool_add_ons: own }) => own === undefined || Object.keys(own).join() === "advanced_security_mode",
      { user_pool_add_ons: {} },
    ),
  ),
];

export const firstFactors = [
  rule(
    "first-factors-tier",
    "With the tier LITE, users begin with a password.",
    CDK("EnableChoiceBasedAuthentication"),
    refused(
      "firstAuthFactors",
      { poolTier: "LITE", firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
      { poolTier: "ESSENTIALS", firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
    ),
  ),
  rule(
    "password-stays",
    "PASSWORD is among the first factors.",
    CDK("PasswordAuthenticationCannotDisabled"),
    refused("firstAuthFactors", { firstAuthFactors: ["EMAIL_OTP"] }, { firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] }),
  ),
  rule(
    "first-factors",
    "An authenticator app is no first factor.",
    API("AllowedFirstAuthFactors", "SignInPolicyType"),
    refused(
      "firstAuthFactors[1]",
      { firstAuthFactors: ["PASSWORD", "SOFTWARE_TOKEN"] },
      { firstAuthFactors: ["PASSWORD", "SMS_OTP"] },
    ),
  ),
  rule(
    "passkeys-configured",
    "Passkeys as a first factor need to be configured.",
    LGALLARD,
    refused("passkeys", { ...webAuthn }, { ...webAuthn, passkeys: { relyingPartyId } }),
  ),
  rule(
    "relying-party-is-a-domain",
    "The relying party of passkeys is a domain name: no URL, no IP address.",
    LGALLARD,
    refused(
      "passkeys.relyingPartyId",
      { ...webAuthn, passkeys: { relyingPartyId: "https://auth.acme.com" } },
      { ...webAuthn, passkeys: { relyingPartyId } },
    ),
  ),
  rule(
    "relying-party-length",
    "The relying party of passkeys has 1 to 63 characters.",
    CDK("PasskeyRelyingPartyIdLength"),
    refused(
      "passkeys.relyingPartyId",
      { ...webAuthn, passkeys: { relyingPartyId: `${long(60)}.com` } },
      { ...webAuthn, passkeys: { relyingPartyId: `${long(59)}.com` } },
    ),
  ),
  rule(
    "user-verification",
    "Passkeys' user verification is `preferred` or `required`, in small letters.",
    API("UserVerification", "WebAuthnConfigurationType"),
    refused(
      "passkeys.userVerification",
      { ...webAuthn, passkeys: { relyingPartyId, userVerification: "REQUIRED" } },
      { ...webAuthn, passkeys: { relyingPartyId, userVerification: "required" } },
    ),
  ),
];

export const mfa = [
  rule(
    "mfa-modes",
    "MFA is OFF, OPTIONAL or ON.",
    API("MfaConfiguration", "CreateUserPool"),
    refused("mfa", { mfa: "MAYBE" }, { mfa: "OPTIONAL" }),
  ),
  rule(
    "mfa-needs-a-factor",
    "A pool with MFA has a second factor.",
    "hashicorp/terraform-provider-aws#7261",
    refused("mfaFactors", { mfa: "ON", mfaFactors: [] }, { mfa: "ON", mfaFactors: ["TOTP"] }),
  ),
  rule(
    "no-factor-without-mfa",
    "A pool without MFA has no second factor.",
    '"can\'t turn off MFA and configure an MFA together", hashicorp/terraform-provider-aws#46801',
    refused("mfaFactors", { mfa: "OFF", mfaFactors: ["TOTP"] }, { mfa: "OPTIONAL", mfaFactors: ["TOTP"] }),
  ),
  rule(
    "email-factor-needs-ses",
    "E-mail as second factor is sent by SES.",
    CDK("EnableEmailBased"),
    refused("mfaFactors", { ...emailFactor, email: undefined }, emailFactor),
  ),
  rule(
    "email-factor-needs-two-recoveries",
    "E-mail as second factor needs two ways of recovery.",
    "hashicorp/terraform-provider-aws#41049",
    refused(
      "mfaFactors",
      { ...emailFactor, mfaFactors: ["TOTP", "EMAIL"], accountRecovery: ["verified_email"] },
      emailFactor,
    ),
  ),
  rule(
    "email-factor-tier",
    "E-mail as second factor needs the tier ESSENTIALS or PLUS.",
    API("EmailMfaConfigType"),
    refused("mfaFactors", { ...emailFactor, poolTier: "LITE" }, { ...emailFactor, poolTier: "PLUS" }),
  ),
  rule(
    "email-factor-message",
    "The message of e-mail as second factor holds `{####}`.",
    API("Message", "EmailMfaConfigType"),
    refused(
      "mfaMessage.emailMessage",
      { ...emailFactor, mfaMessage: { emailMessage: "Your code" } },
      { ...emailFactor, mfaMessage: { emailMessage: "Your code {####}" } },
    ),
  ),
  rule(
    "first-factors-without-mfa",
    "One-time codes and passkeys as first factors do not go with MFA ON.",
    "aws-amplify/amplify-backend#3053",
    refused(
      "firstAuthFactors",
      { mfa: "ON", firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
      { mfa: "OPTIONAL", firstAuthFactors: ["PASSWORD", "EMAIL_OTP"] },
    ),
  ),
  rule(
    "sms-sent-is-a-factor",
    "A pool with MFA that sends text messages has them as a second factor.",
    "aws-amplify/amplify-backend#1481",
    refused(
      "mfaFactors",
      { mfa: "ON", mfaFactors: ["TOTP"], accountRecovery: ["verified_phone_number"] },
      { mfa: "ON", mfaFactors: ["TOTP", "SMS"], accountRecovery: ["verified_phone_number"] },
    ),
  ),
  rule(
    "phone-sign-in-needs-sms",
    "A pool with MFA whose users sign in with a phone number has text messages as a second factor.",
    "aws-amplify/amplify-backend, auth-construct",
    refused(
      "mfaFactors",
      { aliasAttributes: ["email", "phone_number"], mfa: "ON", mfaFactors: ["TOTP"] },
      { aliasAttributes: ["email", "phone_number"], mfa: "ON", mfaFactors: ["TOTP", "SMS"] },
    ),
  ),
  rule(
    "recovery-ways",
    "A forgotten password is replaced by `verified_email`, `verified_phone_number` or administrators.",
    API("RecoveryOptionType"),
    refused("accountRecovery[0]", { accountRecovery: ["email"] }, { accountRecovery: ["verified_email"] }),
  ),
  rule(
    "admin-only-stands-alone",
    "`admin_only` stands alone.",
    CDK("AccountRecovery.NONE"),
    written(
      "it is written for an empty accountRecovery",
      POOL,
      ({ account_recovery_setting: { recovery_mechanism: ways } }) =>
        ways.length === 1 || ways.every(({ name }: { name: string }) => name !== "admin_only"),
      { account_recovery_setting: { recovery_mechanism: [{ name: "admin_only" }, { name: "verified_email" }] } },
    ),
  ),
  rule(
    "recovery-priorities-differ",
    "Ways of recovery have different priorities.",
    API("RecoveryOptionType"),
    written(
      "the order of accountRecovery is written",
      POOL,
      ({ account_recovery_setting: { recovery_mechanism: ways } }) =>
        new Set(ways.map(({ priority }: { priority: number }) => priority)).size === ways.length,
      { account_recovery_setting: { recovery_mechanism: [{ priority: 1 }, { priority: 1 }] } },
    ),
  ),
  rule(
    "recovery-is-no-second-factor",
    "The message that is a user's second factor does not replace the password.",
    API("AccountRecoverySetting", "CreateUserPool"),
    refused(
      "accountRecovery",
      { mfa: "ON", mfaFactors: ["SMS"], accountRecovery: ["verified_phone_number"] },
      { mfa: "ON", mfaFactors: ["SMS"], accountRecovery: ["verified_email"] },
    ),
  ),
];

export const unprotectedPlus = rule(
  "plus-protects",
  "The tier PLUS protects only with threat protection on.",
  GUIDE("Plus plan features"),
  warned({ poolTier: "PLUS" }, { poolTier: "PLUS", threatProtection: "AUDIT" }),
);
