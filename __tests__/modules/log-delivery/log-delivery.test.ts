import { CustomerKey } from "../../../modules/customer-key/customer-key";
import { LogDelivery } from "../../../modules/log-delivery/log-delivery";
import {
  type LogDeliverySettings,
  logDeliveryProblems,
  logDeliverySince,
} from "../../../modules/log-delivery/settings";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { type Document, only, stackOf } from "../../support/stack";
import { environment } from "../../support/synth";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const STREAM = "arn:aws:firehose:eu-west-1:111122223333:deliverystream/sign-ins";

function delivery(settings: LogDeliverySettings): Document {
  return stackOf((stack) => {
    const userPool = new UserPool(stack, "user_pool", { userPoolName: "p" });
    const kmsKey = new CustomerKey(stack, "kms_key", { arn: KEY, region: "eu-west-1" });
    new LogDelivery(stack, "logs", { ...settings, name: "acme-dev", userPool, logRetentionDays: 30, kmsKey });
  });
}
const configurations = ({ resource }: Document) =>
  only(resource, "aws_cognito_log_delivery_configuration").log_configurations;

it("names notifications first, in the order that AWS answers in", () => {
  const both = delivery({ userAuthEvents: "CLOUDWATCH", userNotification: "CLOUDWATCH" });
  expect(configurations(both)).toEqual([
    {
      event_source: "userNotification",
      log_level: "ERROR",
      cloud_watch_logs_configuration: [{ log_group_arn: "${aws_cloudwatch_log_group.logs_user_notification.arn}" }],
    },
    {
      event_source: "userAuthEvents",
      log_level: "INFO",
      cloud_watch_logs_configuration: [{ log_group_arn: "${aws_cloudwatch_log_group.logs_user_auth_events.arn}" }],
    },
  ]);
  expect(both.resource.aws_cloudwatch_log_group?.logs_user_auth_events).toMatchObject({
    name: "/aws/vendedlogs/cognito/acme-dev-user-auth-events",
    retention_in_days: 30,
    kms_key_id: KEY,
  });
});

it.each([
  [{ bucketArn: "arn:aws:s3:::acme-sign-ins" }, { s3_configuration: [{ bucket_arn: "arn:aws:s3:::acme-sign-ins" }] }],
  [{ streamArn: STREAM }, { firehose_configuration: [{ stream_arn: STREAM }] }],
])("sends sign-ins to %j, and makes no log group", (userAuthEvents, expected) => {
  const document = delivery({ userAuthEvents });
  expect(configurations(document)).toEqual([{ event_source: "userAuthEvents", log_level: "INFO", ...expected }]);
  expect(document.resource).not.toHaveProperty("aws_cloudwatch_log_group");
});

it.each([
  [{}, "at least one of them"],
  [{ userNotification: { streamArn: STREAM } }, "CLOUDWATCH"],
  [{ userAuthEvents: { bucketArn: "arn:aws:s3:::acme-sign-ins", streamArn: STREAM } }, "the fields bucketArn"],
  [{ userAuthEvents: { bucketArn: "acme-sign-ins" } }, "an S3 bucket ARN"],
])("%j is refused", (settings, message) => {
  expect(() => delivery(settings as unknown as LogDeliverySettings)).toThrow(message);
});

it("of sign-ins needs threat protection, and a place of the Region and partition", () => {
  const paths = (settings: LogDeliverySettings, poolTier = "PLUS", threatProtection = "AUDIT") =>
    logDeliveryProblems(settings, { poolTier, threatProtection }, "eu-west-1").map(({ path }) => path.join("."));
  expect(paths({ userNotification: "CLOUDWATCH" }, "LITE", "OFF")).toEqual([]);
  expect(paths({ userAuthEvents: { streamArn: STREAM } })).toEqual([]);
  expect(paths({ userAuthEvents: "CLOUDWATCH" }, "ESSENTIALS", "OFF")).toEqual(["logDelivery.userAuthEvents"]);
  expect(paths({ userAuthEvents: "CLOUDWATCH" }, "PLUS", "OFF")).toEqual(["logDelivery.userAuthEvents"]);
  expect(paths({ userAuthEvents: { streamArn: STREAM.replace("eu-west-1", "us-east-1") } })).toEqual([
    "logDelivery.userAuthEvents.streamArn",
  ]);
  expect(paths({ userAuthEvents: { bucketArn: "arn:aws-cn:s3:::acme-sign-ins" } })).toEqual([
    "logDelivery.userAuthEvents.bucketArn",
  ]);
});

it("raises the version of the provider, and nothing else does", () => {
  const version = (settings: Parameters<typeof environment>[0]) =>
    environment(settings).terraform.required_providers.aws.version;
  expect(logDeliverySince(undefined)).toBeUndefined();
  expect(version({ logDelivery: { userNotification: "CLOUDWATCH" } })).toBe(">= 6.5.0, < 7.0.0");
  expect(version({ logDelivery: { userNotification: "CLOUDWATCH" }, runtime: "nodejs24.x" })).toBe(
    ">= 6.19.0, < 7.0.0",
  );
  expect(version({})).toBe(">= 5.100.0, < 7.0.0");
});
