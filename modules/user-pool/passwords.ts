import { fields, trueOrFalse, wholeNumber } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, defined, optional } from "../setting/setting";

const required = trueOrFalse.optional().meta({ leftOut: "true" });

export const passwordSettings = {
  passwordPolicy: optional(
    fields(
      {
        /** Shortest password. @default 8 */
        minimumLength: wholeNumber(6, 99, "characters").optional().meta({ leftOut: "8" }),
        /** @default true, each of the four */
        requireLowercase: required,
        requireUppercase: required,
        requireNumbers: required,
        requireSymbols: required,
        /** How long the password of an invitation can be used. @default 7 */
        temporaryPasswordValidityDays: wholeNumber(1, 365, "days").optional().meta({ leftOut: "7" }),
        /** Earlier passwords that cannot be chosen again; not with the tier LITE. @default none */
        passwordHistorySize: wholeNumber(1, 24, "passwords").optional().meta({ leftOut: "none" }),
      },
      "{ minimumLength, requireLowercase, requireUppercase, requireNumbers, requireSymbols, temporaryPasswordValidityDays, passwordHistorySize }",
    ),
    {
      doc: "`{ minimumLength: 12, … }`: what a password must have; what is left out is as Cognito has it",
      none: "Cognito's own: 8 characters, with upper-case and lower-case letters, digits and symbols",
      source: '"PasswordPolicyType", Cognito API reference',
    },
  ),
};

type PasswordSettings = Complete<typeof passwordSettings>;

/** The pool's password policy. A policy that leaves a requirement out switches it off, so each of them is written. */
export function passwordPolicyOf({ passwordPolicy }: PasswordSettings) {
  const asCognito = {
    minimumLength: 8,
    requireLowercase: true,
    requireUppercase: true,
    requireNumbers: true,
    requireSymbols: true,
    temporaryPasswordValidityDays: 7,
  };
  return passwordPolicy && { ...asCognito, ...defined(passwordPolicy) };
}

export function passwordProblems({ passwordPolicy }: PasswordSettings, poolTier: string): Problem[] {
  const size = passwordPolicy?.passwordHistorySize;
  if (size === undefined || poolTier !== "LITE") return [];
  return [
    {
      path: ["passwordPolicy", "passwordHistorySize"],
      value: size,
      allowed: "nothing with the tier LITE, which keeps no password history; or poolTier ESSENTIALS or PLUS",
    },
  ];
}
