import { oneOf, trueOrFalse, wholeNumber } from "../setting/kinds";
import { optional, setting } from "../setting/setting";

export const userPoolSettings = {
  selfSignUp: setting(trueOrFalse, {
    doc: "anybody may sign up; otherwise administrators create the accounts",
    default: true,
    outsideProduction: false,
  }),
  deletionProtection: setting(trueOrFalse, {
    doc: "AWS refuses to delete the pool and the table of reservations",
    default: true,
    outsideProduction: false,
  }),
  poolTier: setting(oneOf(["LITE", "ESSENTIALS", "PLUS"]), {
    doc: "feature plan of the pool, which sets its price",
    default: "ESSENTIALS",
    source: '"User pool feature plans", Cognito developer guide',
  }),
  passwordMinimumLength: optional(wholeNumber(6, 99, "characters"), {
    doc: "shortest password; it also needs upper-case and lower-case letters, digits and symbols",
    none: "8, as Cognito does",
    source: '"PasswordPolicyType", Cognito API reference',
  }),
};
