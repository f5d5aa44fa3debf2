import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { CognitoLogDeliveryConfiguration } from "@cdktf/provider-aws/lib/cognito-log-delivery-configuration";
import { Construct } from "constructs";
import type { CustomerKey } from "../customer-key/customer-key";
import { check } from "../setting/props";
import type { UserPoolBase } from "../user-pool/user-pool";
import { type LogDeliverySettings, logDelivery } from "./settings";

export type { LogDeliverySettings } from "./settings";

export type LogDeliveryProps = LogDeliverySettings & {
  /** Begins the names of the log groups. */
  readonly name: string;
  readonly userPool: UserPoolBase;
  /** Days that CloudWatch keeps the logs. */
  readonly logRetentionDays: number;
  /** Customer managed key for the log groups. @default a key that AWS manages */
  readonly kmsKey?: CustomerKey | undefined;
};

/** Logs that Cognito itself writes. The escape hatch to the resource is `node.defaultChild`. Needs hashicorp/aws 6.5 or newer. */
export class LogDelivery extends Construct {
  constructor(scope: Construct, id: string, props: LogDeliveryProps) {
    super(scope, id);
    const { userPool, userNotification, userAuthEvents } = props;
    check(this, { settings: [logDelivery, { userNotification, userAuthEvents }] });
    // A list whose order the provider keeps, and AWS always answers in this one: hashicorp/terraform-provider-aws#43550.
    const logConfigurations = [
      ...(userNotification
        ? [{ eventSource: "userNotification", logLevel: "ERROR", ...this.group("user-notification", props) }]
        : []),
      ...(userAuthEvents
        ? [{ eventSource: "userAuthEvents", logLevel: "INFO", ...this.destination(userAuthEvents, props) }]
        : []),
    ];
    new CognitoLogDeliveryConfiguration(this, "Default", { userPoolId: userPool.userPoolId, logConfigurations });
  }

  private destination(userAuthEvents: NonNullable<LogDeliverySettings["userAuthEvents"]>, props: LogDeliveryProps) {
    if (userAuthEvents === "CLOUDWATCH") return this.group("user-auth-events", props);
    return "bucketArn" in userAuthEvents
      ? { s3Configuration: [{ bucketArn: userAuthEvents.bucketArn }] }
      : { firehoseConfiguration: [{ streamArn: userAuthEvents.streamArn }] };
  }

  /**
   * Cognito lets the log service write to the group, by a policy of the account that has 5120 characters at most and leaves out what begins
   * with /aws/vendedlogs: "Enable logging from AWS services", CloudWatch Logs user guide.
   */
  private group(log: string, { name, logRetentionDays, kmsKey }: LogDeliveryProps) {
    const group = new CloudwatchLogGroup(this, log.replaceAll("-", "_"), {
      name: `/aws/vendedlogs/cognito/${name}-${log}`,
      retentionInDays: logRetentionDays,
      ...(kmsKey && { kmsKeyId: kmsKey.arn }),
    });
    return { cloudWatchLogsConfiguration: [{ logGroupArn: group.arn }] };
  }
}
