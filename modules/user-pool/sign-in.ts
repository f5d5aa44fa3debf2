import { distinct, fields, oneOf, text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, optional, setting } from "../setting/setting";
import { needsEmail, signInNameArguments, signInNameProblems, signInNameSettings, signsInWith } from "./sign-in-names";

const MFA_FACTORS = ["TOTP", "SMS", "EMAIL"] as const;
const FIRST_FACTORS = ["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"] as const;
const RECOVERY = ["verified_email", "verified_phone_number"] as const;
const listOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  distinct(oneOf(values), `a list of ${values.join(", ")}`);

export const signInSettings = {
  ...signInNameSettings,
  mfa: setting(oneOf(["OFF", "OPTIONAL", "ON"]), {
    doc: "second factor: `OPTIONAL` for users that set one up, `ON` for all users",
    default: "OFF",
    source: '"MfaConfiguration" of CreateUserPool, Cognito API reference',
  }),
  mfaFactors: optional(listOf(MFA_FACTORS).min(1, { error: `a list of ${MFA_FACTORS.join(", ")}` }), {
    doc: "second factors to choose from: `TOTP` (an authenticator app), `SMS`, `EMAIL` (with a sender of your own)",
    none: '`["TOTP"]` where `mfa` is not `OFF`',
    source: '"Adding MFA to a user pool", Cognito developer guide',
  }),
  firstAuthFactors: optional(listOf(FIRST_FACTORS), {
    doc: 'what users can begin to sign in with: `["PASSWORD", "EMAIL_OTP", "SMS_OTP", "WEB_AUTHN"]`; not with the tier LITE',
    none: "`PASSWORD` only",
    source: '"SignInPolicyType", Cognito API reference',
  }),
  passkeys: optional(
    fields(
      {
        /** Domain that passkeys belong to: the hosted domain, or the application's. */
        relyingPartyId: text(
          /^(?=.{1,63}$)(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]$/,
          "a domain name of at most 63 characters, such as auth.example.com; no URL, no IP address",
        ),
        /** Whether the authenticator has to check that its owner holds it. @default preferred */
        userVerification: oneOf(["preferred", "required"]).optional().meta({ leftOut: "preferred" }),
      },
      '{ relyingPartyId, userVerification }, for the first factor "WEB_AUTHN"',
    ),
    {
      doc: "`{ relyingPartyId, userVerification }` of passkeys, beside the first factor `WEB_AUTHN`",
      none: "no passkeys",
      source: '"WebAuthnConfigurationType", Cognito API reference',
    },
  ),
  accountRecovery: optional(listOf(RECOVERY), {
    doc: 'how a forgotten password is replaced, the preferred way first: `["verified_email", "verified_phone_number"]`; `[]` for administrators only',
    none: '`["verified_email"]` where every account has an e-mail address; otherwise the ways that accounts of the pool may have: an address, and a number where users sign in with one or get text messages; `[]` where there is none',
    source: '"AccountRecoverySettingType", Cognito API reference',
  }),
  deviceTracking: optional(
    fields(
      {
        /** A device that is not remembered has to pass the second factor. @default false */
        challengeRequiredOnNewDevice: trueOrFalse.optional().meta({ leftOut: "false" }),
        /** Devices are remembered only if the user agrees. @default false */
        deviceOnlyRememberedOnUserPrompt: trueOrFalse.optional().meta({ leftOut: "false" }),
      },
      "{ challengeRequiredOnNewDevice, deviceOnlyRememberedOnUserPrompt }",
    ),
    {
      doc: "`{ challengeRequiredOnNewDevice, deviceOnlyRememberedOnUserPrompt }`: devices are remembered",
      none: "no devices are remembered",
      source: '"DeviceConfigurationType", Cognito API reference',
    },
  ),
  threatProtection: setting(oneOf(["OFF", "AUDIT", "ENFORCED"]), {
    doc: "Cognito watches for compromised passwords and risky sign-ins (`AUDIT`), or also acts (`ENFORCED`); needs the tier PLUS",
    default: "OFF",
    source: '"AdvancedSecurityMode" of UserPoolAddOnsType, Cognito API reference',
  }),
};

/** What a pool's sign-in depends on: its settings, and whether accounts have an e-mail address that users do not sign in with. */
type SignInSettings = Complete<typeof signInSettings> & {
  readonly standardAttributes?:
    | { readonly email?: { readonly required?: boolean | undefined } | undefined }
    | undefined;
};

/** The second factors of the pool; none where `mfa` is OFF. */
export function factorsOf({ mfa, mfaFactors = ["TOTP"] }: Pick<SignInSettings, "mfa" | "mfaFactors">) {
  return mfa === "OFF" ? [] : mfaFactors;
}

/** Whether the pool sends text messages, and so needs a role for it. */
export function sendsTexts(settings: SignInSettings): boolean {
  return sendsOtherTexts(settings) || settings.accountRecovery?.includes("verified_phone_number") === true;
}

/** Whether it sends text messages for something else than a forgotten password. */
function sendsOtherTexts(settings: SignInSettings): boolean {
  return (
    signsInWith(settings, "phone_number") ||
    factorsOf(settings).includes("SMS") ||
    settings.firstAuthFactors?.includes("SMS_OTP") === true
  );
}

/** Whether accounts of the pool may have an e-mail address. */
function hasEmail(settings: SignInSettings): boolean {
  return signsInWith(settings, "email") || settings.standardAttributes?.email !== undefined;
}

/** What accounts have to prove: a code is sent there. */
export function provedAttributes(settings: SignInSettings): string[] {
  return [...(hasEmail(settings) ? ["email"] : []), ...(sendsTexts(settings) ? ["phone_number"] : [])];
}

/**
 * How a forgotten password is replaced. Where no way is chosen, every account has one of those that are taken: a way that an account does not have
 * would leave its user without any.
 */
function recoveryOf(settings: SignInSettings): ReadonlyArray<(typeof RECOVERY)[number]> {
  if (settings.accountRecovery !== undefined) return settings.accountRecovery;
  const everyAccountHasEmail = needsEmail(settings) || settings.standardAttributes?.email?.required === true;
  if (everyAccountHasEmail) return ["verified_email"];
  return RECOVERY.filter((way) => (way === "verified_email" ? hasEmail(settings) : sendsOtherTexts(settings)));
}

/** The pool's arguments. */
export function signInArguments(settings: SignInSettings) {
  const { mfa, firstAuthFactors, passkeys, deviceTracking, threatProtection } = settings;
  const factors = factorsOf(settings);
  const recovery = recoveryOf(settings);
  const mechanisms = recovery.length > 0 ? recovery : ["admin_only"];
  return {
    ...signInNameArguments(settings),
    accountRecoverySetting: {
      recoveryMechanism: mechanisms.map((name, index) => ({ name, priority: index + 1 })),
    },
    ...(mfa !== "OFF" && { mfaConfiguration: mfa }),
    ...(factors.includes("TOTP") && { softwareTokenMfaConfiguration: { enabled: true } }),
    ...(firstAuthFactors && { signInPolicy: { allowedFirstAuthFactors: firstAuthFactors } }),
    ...(passkeys && {
      webAuthnConfiguration: {
        relyingPartyId: passkeys.relyingPartyId,
        userVerification: passkeys.userVerification ?? "preferred",
      },
    }),
    ...(deviceTracking && {
      deviceConfiguration: {
        challengeRequiredOnNewDevice: deviceTracking.challengeRequiredOnNewDevice ?? false,
        deviceOnlyRememberedOnUserPrompt: deviceTracking.deviceOnlyRememberedOnUserPrompt ?? false,
      },
    }),
    ...(threatProtection !== "OFF" && { userPoolAddOns: { advancedSecurityMode: threatProtection } }),
  };
}

export function signInProblems(settings: SignInSettings, poolTier: string, hasOwnSender: boolean): Problem[] {
  const { mfa, mfaFactors, firstAuthFactors, passkeys, threatProtection } = settings;
  const recovery = recoveryOf(settings);
  const problems: Array<Problem | false> = [
    mfa === "OFF" &&
      mfaFactors !== undefined && {
        path: ["mfaFactors"],
        value: mfaFactors,
        allowed: "second factors only beside mfa OPTIONAL or ON",
      },
    mfa !== "OFF" &&
      sendsTexts(settings) &&
      !factorsOf(settings).includes("SMS") && {
        path: ["mfaFactors"],
        value: mfaFactors,
        allowed:
          "a list with SMS in it: where a pool with MFA sends text messages (sign-in with a phone number, firstAuthFactors, accountRecovery), hashicorp/aws makes them a second factor",
      },
    factorsOf(settings).includes("EMAIL") &&
      (poolTier === "LITE" || !hasOwnSender || recovery.length < 2) && {
        path: ["mfaFactors"],
        value: mfaFactors,
        allowed:
          "EMAIL only with email (a sender of your own), both ways of accountRecovery, and the tier ESSENTIALS or PLUS",
      },
    firstAuthFactors !== undefined &&
      !firstAuthFactors.includes("PASSWORD") && {
        path: ["firstAuthFactors"],
        value: firstAuthFactors,
        allowed: "a list with PASSWORD in it, which Cognito does not let a pool do without",
      },
    firstAuthFactors !== undefined &&
      poolTier === "LITE" &&
      firstAuthFactors.some((factor) => factor !== "PASSWORD") && {
        path: ["firstAuthFactors"],
        value: firstAuthFactors,
        allowed: "PASSWORD only with the tier LITE; others with ESSENTIALS or PLUS",
      },
    mfa === "ON" &&
      firstAuthFactors?.some((factor) => factor !== "PASSWORD") === true && {
        path: ["firstAuthFactors"],
        value: firstAuthFactors,
        allowed:
          "PASSWORD only beside mfa ON; one-time codes and passkeys are not possible where a second factor is required",
      },
    (passkeys !== undefined) !== (firstAuthFactors?.includes("WEB_AUTHN") === true) && {
      path: ["passkeys"],
      value: passkeys,
      allowed: 'passkeys beside the first factor "WEB_AUTHN", both or neither',
    },
    threatProtection !== "OFF" &&
      poolTier !== "PLUS" && {
        path: ["threatProtection"],
        value: threatProtection,
        allowed: "OFF, or AUDIT and ENFORCED with poolTier PLUS",
      },
    sameFactorForBoth(settings) && {
      path: ["accountRecovery"],
      value: recovery,
      allowed:
        "a way that is not also the only second factor, because Cognito does not let a user recover by the message that is their second factor; [] for administrators only",
    },
  ];
  return [
    ...signInNameProblems(settings),
    ...withoutEmailProblems(settings),
    ...problems.filter((problem) => problem !== false),
  ];
}

/** Where no account proves an address, no code that is sent there proves anything. */
function withoutEmailProblems(settings: SignInSettings): Problem[] {
  if (hasEmail(settings)) return [];
  const uses: ReadonlyArray<readonly ["accountRecovery" | "mfaFactors" | "firstAuthFactors", string]> = [
    ["accountRecovery", "verified_email"],
    ["mfaFactors", "EMAIL"],
    ["firstAuthFactors", "EMAIL_OTP"],
  ];
  return uses
    .filter(([field, value]) => (settings[field] as readonly string[] | undefined)?.includes(value))
    .map(([field, value]) => ({
      path: [field],
      value: settings[field],
      allowed: `a list without ${value}, because accounts have no e-mail address: users do not sign in with it, and standardAttributes has no email`,
    }));
}

/** "AccountRecoverySetting", Cognito API reference: a user with SMS as second factor cannot recover by SMS, one with e-mail not by e-mail. */
function sameFactorForBoth(settings: SignInSettings): boolean {
  const [factor, ...others] = factorsOf(settings);
  const [recovery, ...otherWays] = recoveryOf(settings);
  if (others.length > 0 || otherWays.length > 0) return false;
  return (
    (factor === "SMS" && recovery === "verified_phone_number") || (factor === "EMAIL" && recovery === "verified_email")
  );
}
