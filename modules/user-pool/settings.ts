import { oneOf, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, setting } from "../setting/setting";
import { attributeProblems, attributeSettings } from "./attributes";
import { messageProblems, messageSettings } from "./messages";
import { passwordProblems, passwordSettings } from "./passwords";
import { signInProblems, signInSettings } from "./sign-in";

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
  ...passwordSettings,
  ...signInSettings,
  ...attributeSettings,
  ...messageSettings,
};

/** What these settings must not be together, although each of them is allowed. */
export function userPoolProblems(settings: Complete<typeof userPoolSettings>): Problem[] {
  return [
    ...passwordProblems(settings, settings.poolTier),
    ...signInProblems(settings, settings.poolTier, settings.email !== undefined),
    ...attributeProblems(settings),
    ...messageProblems(settings),
  ];
}
