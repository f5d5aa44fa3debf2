import { isUnset, otherAccount, UNKNOWN } from "../value";
import { type Attribute, COMMON, found, must, type ResourceType, reference, when } from "./type";

const LOST = "Cognito would no longer write why a message did not arrive, or who signs in from where.";
const ELSEWHERE = "Names and IP addresses of users who sign in would be written to another place than today.";

/** Added, or as it was. */
const added = (why: string) => when("guarded", "log-delivery", why, (from, to) => isUnset(from) && to !== UNKNOWN);

const stream: Attribute = {
  kind: "guarded",
  rule: "log-delivery",
  finds: (from, to, { plan }) =>
    isUnset(from) && to !== UNKNOWN && otherAccount(to, plan) === undefined ? [] : [found("log-delivery", ELSEWHERE)],
};

export const LOG_DELIVERY: ResourceType = {
  type: "aws_cognito_log_delivery_configuration",
  isSetting: true,
  lost: () => [found("log-delivery", LOST)],
  forgotten: found("forgotten", "Cognito's logs go on, but nothing plans or checks where they go from now on."),
  attributes: {
    ...COMMON,
    user_pool_id: must(reference("log-delivery", LOST, "aws_cognito_user_pool", "id")),
    "log_configurations.event_source": added(LOST),
    "log_configurations.log_level": added(LOST),
    "log_configurations.cloud_watch_logs_configuration.log_group_arn": reference(
      "log-delivery",
      ELSEWHERE,
      "aws_cloudwatch_log_group",
      "arn",
    ),
    // A bucket's ARN does not say whose it is: where it begins is read in the pull request.
    "log_configurations.s3_configuration.bucket_arn": added(ELSEWHERE),
    "log_configurations.firehose_configuration.stream_arn": stream,
  },
};
