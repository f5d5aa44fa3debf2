import { z } from "zod";
import { arn, fields, oneOf } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";

const bucketArn = arn(
  "s3",
  /[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/,
  "an S3 bucket ARN such as arn:aws:s3:::acme-sign-ins",
  "bucket",
);
const streamArn = arn(
  "firehose",
  /deliverystream\/[\w.-]{1,64}/,
  "a Firehose stream ARN such as arn:aws:firehose:eu-west-1:111122223333:deliverystream/sign-ins",
);

const AUTH_EVENTS = '"CLOUDWATCH", { bucketArn } or { streamArn }';
const LOGS = `{ userNotification: "CLOUDWATCH", userAuthEvents: ${AUTH_EVENTS} }, at least one of them`;

/** "LogConfigurationType", Cognito API reference: errors of messages go to CloudWatch only, sign-ins to one of three places. */
export const logDelivery = fields(
  {
    userNotification: oneOf(["CLOUDWATCH"]).optional(),
    userAuthEvents: z
      .union([z.literal("CLOUDWATCH"), fields({ bucketArn }, AUTH_EVENTS), fields({ streamArn }, AUTH_EVENTS)], {
        error: AUTH_EVENTS,
      })
      .optional(),
  },
  LOGS,
).refine((logs) => Object.values(logs).some((destination) => destination !== undefined), { error: LOGS });

export type LogDeliverySettings = z.output<typeof logDelivery>;

export const logDeliverySettings = {
  logDelivery: optional(logDelivery, {
    doc: `\`{ userNotification: "CLOUDWATCH", userAuthEvents: ${AUTH_EVENTS} }\`: Cognito's logs of messages that were not delivered, and, with the tier PLUS, of sign-ins; needs hashicorp/aws 6.5 or newer ([more](docs/protection.md))`,
    none: "no logs",
    source: '"LogConfigurationType", Cognito API reference',
  }),
};

/** The first version of hashicorp/aws that has the resource: hashicorp/terraform-provider-aws#43396. */
const RESOURCE_SINCE = "6.5.0";

export function logDeliverySince(logs: LogDeliverySettings | undefined): string | undefined {
  return logs ? RESOURCE_SINCE : undefined;
}

interface Pool {
  readonly poolTier: string;
  readonly threatProtection: string;
}

/** What is wrong with it for the pool and its Region. */
export function logDeliveryProblems(
  { userAuthEvents }: LogDeliverySettings,
  { poolTier, threatProtection }: Pool,
  region: string,
): Problem[] {
  const path = ["logDelivery", "userAuthEvents"];
  if (userAuthEvents === undefined) return [];
  const [field, arn] = typeof userAuthEvents === "string" ? [] : (Object.entries(userAuthEvents)[0] ?? []);
  return [
    ...(poolTier !== "PLUS" || threatProtection === "OFF"
      ? [
          {
            path,
            value: userAuthEvents,
            allowed: "nothing without threat protection, which makes this log: set poolTier PLUS and threatProtection",
          },
        ]
      : []),
    ...(field === undefined
      ? []
      : regionProblems([...path, field], arn, region, `one of the Region ${region} and its partition`)),
  ];
}
