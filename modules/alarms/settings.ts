import { arn } from "../setting/kinds";
import type { Problem } from "../setting/problems";
import { regionProblems } from "../setting/regions";
import { optional } from "../setting/setting";

export const alarmsSettings = {
  alarmTopicArn: optional(
    arn(
      "sns",
      /[A-Za-z0-9_-]{1,256}(?:\.fifo)?/,
      "an SNS topic ARN such as arn:aws:sns:eu-west-1:111122223333:on-call",
    ),
    { doc: "SNS topic that is told when a function fails closed, crashes or is throttled", none: "no alarms" },
  ),
};

/** An alarm takes a topic of its own Region only. */
export function alarmsProblems(alarmTopicArn: string | undefined, region: string): Problem[] {
  return regionProblems(["alarmTopicArn"], alarmTopicArn, region, `a topic of the Region ${region}`);
}
