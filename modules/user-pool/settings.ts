import { oneOf, text, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { type Complete, setting } from "../setting/setting";
import { attributeProblems, attributeSettings } from "./attributes";
import { messageProblems, messageSettings } from "./messages";
import { passwordProblems, passwordSettings } from "./passwords";
import { factorsOf, sendsTexts, signInProblems, signInSettings } from "./sign-in";

/** Of pools and app clients: "PoolName" of CreateUserPool, "ClientName" of CreateUserPoolClient, Cognito API reference. */
export const cognitoName = text(/^[\w +=,.@-]{1,128}$/, "a name of 1 to 128 letters, digits, spaces or _ + = , . @ -");

/** "UserPoolId" of AdminInitiateAuth, Cognito API reference; it begins with the pool's Region. */
export const userPoolId = text(
  /^[a-z]{2,4}(?:-[a-z]+){1,2}-\d_[A-Za-z0-9]{1,40}$/,
  "a user pool id such as eu-west-1_AbCdEfGhI",
);

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
    ...unusedProblems(settings),
  ];
}

/** Settings of messages that are never sent. */
function unusedProblems(settings: Complete<typeof userPoolSettings>): Problem[] {
  const { snsRegion, mfaMessage } = settings;
  const mail = mfaMessage?.emailMessage ?? mfaMessage?.emailSubject;
  return [
    ...(snsRegion !== undefined && !sendsTexts(settings)
      ? [
          {
            path: ["snsRegion"],
            value: snsRegion,
            allowed: "nothing without text messages (mfaFactors, firstAuthFactors, accountRecovery)",
          },
        ]
      : []),
    ...(mail !== undefined && !factorsOf(settings).includes("EMAIL")
      ? [{ path: ["mfaMessage"], value: mfaMessage, allowed: "texts of e-mail only beside the second factor EMAIL" }]
      : []),
  ];
}
