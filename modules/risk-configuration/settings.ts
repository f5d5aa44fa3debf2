import { z } from "zod";
import { address, distinct, fields, oneOf, sender, sesIdentityArn, trueOrFalse } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { isOfPartition, partitionOf } from "../setting/regions";
import { type Complete, defined, optional } from "../setting/setting";
import { encodedSender, mailSubject, mailText, senderProblems } from "../user-pool/messages";
import type { userPoolSettings } from "../user-pool/settings";

const SOURCE = "Cognito API reference";
const LEVELS = ["low", "medium", "high"] as const;
const EVENTS = ["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"] as const;
const ACTIONS = ["BLOCK", "MFA_IF_CONFIGURED", "MFA_REQUIRED", "NO_ACTION"] as const;

/** "AccountTakeoverActionType": what is done, and whether the user is told by e-mail. */
const action = fields(
  { action: oneOf(ACTIONS), notify: trueOrFalse.optional().meta({ leftOut: "false" }) },
  "{ action, notify }",
).optional();

/** "NotifyEmailType". */
const email = fields(
  {
    subject: mailSubject,
    textBody: mailText,
    htmlBody: mailText,
  },
  "{ subject, textBody, htmlBody }",
).optional();

/** "RiskExceptionConfigurationType": at most 200 of a list. */
const RANGES = "a list of 1 to 200 different IP ranges in CIDR notation, such as 192.0.2.0/24";
const range = z
  .string({ error: RANGES })
  .refine((text) => z.cidrv4().safeParse(text).success || z.cidrv6().safeParse(text).success, { error: RANGES });
const ranges = distinct(range, RANGES).min(1, { error: RANGES }).max(200, { error: RANGES }).optional();

const ACCOUNT_TAKEOVER = "{ low, medium, high, notify }, at least one level of risk";
const EXCEPTIONS = "{ blockedIpRanges, skippedIpRanges }, at least one of them";
const RISKS = "{ accountTakeover, compromisedCredentials, exceptions }, at least one of them";
const hasValue = (value: object) => Object.values(value).some((field) => field !== undefined);

export const riskConfiguration = fields(
  {
    accountTakeover: fields(
      {
        low: action,
        medium: action,
        high: action,
        notify: fields(
          {
            sesIdentityArn,
            from: sender.optional(),
            replyTo: address.optional(),
            blockEmail: email,
            mfaEmail: email,
            noActionEmail: email,
          },
          "{ sesIdentityArn, from, replyTo, blockEmail, mfaEmail, noActionEmail }",
        ),
      },
      ACCOUNT_TAKEOVER,
    )
      .refine((takeover) => LEVELS.some((level) => takeover[level] !== undefined), { error: ACCOUNT_TAKEOVER })
      .optional(),
    compromisedCredentials: fields(
      {
        action: oneOf(["BLOCK", "NO_ACTION"]),
        /** @default all three */
        events: distinct(oneOf(EVENTS), `a list of ${EVENTS.join(", ")}`)
          .min(1, { error: `a list of ${EVENTS.join(", ")}` })
          .optional()
          .meta({ leftOut: "all three" }),
      },
      "{ action, events }",
    ).optional(),
    exceptions: fields({ blockedIpRanges: ranges, skippedIpRanges: ranges }, EXCEPTIONS)
      .refine(hasValue, { error: EXCEPTIONS })
      .optional(),
  },
  RISKS,
).refine(hasValue, { error: RISKS });

export type RiskConfigurationSettings = z.output<typeof riskConfiguration>;

export const riskConfigurationSettings = {
  riskConfiguration: optional(riskConfiguration, {
    doc: '`{ accountTakeover: { high: { action: "BLOCK", notify: true }, notify: { sesIdentityArn } }, compromisedCredentials: { action: "BLOCK" }, exceptions }`: what threat protection does ([more](docs/protection.md))',
    none: "Cognito's own: it blocks compromised passwords, and records other risks",
    source: `"SetRiskConfiguration", ${SOURCE}`,
  }),
};

/** The resource's arguments. */
export function riskArguments({ accountTakeover, compromisedCredentials, exceptions }: RiskConfigurationSettings) {
  return defined({
    accountTakeoverRiskConfiguration: accountTakeover && takeoverArguments(accountTakeover),
    compromisedCredentialsRiskConfiguration: compromisedCredentials && {
      actions: { eventAction: compromisedCredentials.action },
      // Left out, AWS answers with all of them.
      eventFilter: [...(compromisedCredentials.events ?? EVENTS)],
    },
    riskExceptionConfiguration:
      exceptions &&
      defined({ blockedIpRangeList: exceptions.blockedIpRanges, skippedIpRangeList: exceptions.skippedIpRanges }),
  });
}

function takeoverArguments({ low, medium, high, notify }: AccountTakeover) {
  const { sesIdentityArn: sourceArn, from, ...rest } = notify;
  const level = (risk: typeof low) => risk && { eventAction: risk.action, notify: risk.notify ?? false };
  return {
    actions: defined({ lowAction: level(low), mediumAction: level(medium), highAction: level(high) }),
    // hashicorp/aws 5 requires it, also where no user is told.
    notifyConfiguration: { sourceArn, ...defined({ from: encodedSender(from), ...rest }) },
  };
}

type AccountTakeover = NonNullable<RiskConfigurationSettings["accountTakeover"]>;
type Pool = Pick<Complete<typeof userPoolSettings>, "mfa" | "threatProtection">;

/** What is wrong with it, in itself and for the pool; `path` is where it is. */
export function riskProblems(
  risks: RiskConfigurationSettings,
  { mfa, threatProtection }: Pool,
  region: string,
  path: readonly string[] = ["riskConfiguration"],
): Problem[] {
  const { accountTakeover } = risks;
  const factors = LEVELS.flatMap((level) => {
    const asked = accountTakeover?.[level]?.action;
    // "MfaConfiguration" of CreateUserPool, Cognito API reference: adaptive authentication wants OPTIONAL.
    return asked?.startsWith("MFA") && mfa !== "OPTIONAL"
      ? [
          {
            path: [...path, "accountTakeover", level, "action"],
            value: asked,
            allowed: "BLOCK or NO_ACTION; or mfa: OPTIONAL, without which a risk cannot ask for a second factor",
          },
        ]
      : [];
  });
  const notify = accountTakeover?.notify;
  const { blockedIpRanges = [], skippedIpRanges = [] } = risks.exceptions ?? {};
  return [
    ...skippedIpRanges.flatMap((range, index) =>
      blockedIpRanges.includes(range)
        ? [
            {
              path: [...path, "exceptions", "skippedIpRanges", index],
              value: range,
              allowed: "a range that is not blocked, too",
            },
          ]
        : [],
    ),
    ...(threatProtection === "OFF"
      ? [{ path, value: risks, allowed: "nothing while threatProtection is OFF; set it to AUDIT or ENFORCED" }]
      : []),
    ...factors,
    ...(notify ? notifyProblems(notify, region, [...path, "accountTakeover", "notify"]) : []),
  ];
}

function notifyProblems(
  { sesIdentityArn, from }: AccountTakeover["notify"],
  region: string,
  path: readonly string[],
): Problem[] {
  const allowed = `an identity of the partition ${partitionOf(region)}`;
  return [
    ...(isOfPartition(sesIdentityArn, region)
      ? []
      : [{ path: [...path, "sesIdentityArn"], value: sesIdentityArn, allowed }]),
    ...senderProblems(sesIdentityArn, from, [...path, "from"]),
  ];
}
