import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Construct } from "constructs";

export interface AlarmsProps {
  /** The function's name, as text: an alarm's name cannot depend on what is known only after apply. */
  readonly functionName: string;
  /** Namespace of the metrics that the function writes itself. */
  readonly metricsNamespace: string;
  /** SNS topic that is notified when an alarm goes off, and when it is over. */
  readonly alarmTopicArn: string;
  /** What is refused, as the start of a sentence: "Sign-ups". */
  readonly refused: string;
}

/** Seconds. */
const PERIOD = 300;

const common = (alarmTopicArn: string) => ({
  comparisonOperator: "GreaterThanThreshold",
  threshold: 0,
  treatMissingData: "notBreaching",
  alarmActions: [alarmTopicArn],
  okActions: [alarmTopicArn],
});

const sum = (functionName: string, metricNamespace: string, metricName: string) => ({
  namespace: metricNamespace,
  metricName,
  dimensions: { FunctionName: functionName },
  stat: "Sum",
  period: PERIOD,
});

/** Goes off at once. */
const simple = ({ stat, ...metric }: ReturnType<typeof sum>) => ({
  ...metric,
  statistic: stat,
  evaluationPeriods: 1,
});

/** Alarms for a function that refuses users for a reason of its own: it fails closed, crashes, or is throttled. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, { functionName, metricsNamespace, alarmTopicArn, refused }: AlarmsProps) {
    super(scope, id);
    new CloudwatchMetricAlarm(this, "failed_closed", {
      ...common(alarmTopicArn),
      ...simple(sum(functionName, metricsNamespace, "FailedClosed")),
      alarmName: `${functionName}-failed-closed`,
      alarmDescription: `${refused} are refused because Cognito or the reservations cannot be asked. The log says which.`,
    });
    new CloudwatchMetricAlarm(this, "throttles", {
      ...common(alarmTopicArn),
      ...simple(sum(functionName, "AWS/Lambda", "Throttles")),
      alarmName: `${functionName}-throttles`,
      alarmDescription: `${refused} are refused because Lambda does not run the function as often as it is called.`,
    });
    new CloudwatchMetricAlarm(this, "errors", {
      ...common(alarmTopicArn),
      alarmName: `${functionName}-errors`,
      alarmDescription: `${refused} are refused because the function crashes, does not start, or runs out of time.`,
      // To refuse is to throw, and Lambda counts that as an error: the rest are errors that were not meant. Two periods of
      // three, because one call can fall into different periods of the two counts.
      evaluationPeriods: 3,
      datapointsToAlarm: 2,
      metricQuery: [
        { id: "errors", metric: sum(functionName, "AWS/Lambda", "Errors") },
        { id: "refused", metric: sum(functionName, metricsNamespace, "Refused") },
        { id: "failed_closed", metric: sum(functionName, metricsNamespace, "FailedClosed") },
        {
          id: "unexpected",
          label: "Unexpected errors",
          expression: "FILL(errors, 0) - FILL(refused, 0) - FILL(failed_closed, 0)",
          returnData: true,
        },
      ],
    });
  }
}

export interface TriggerAlarmsProps extends Pick<AlarmsProps, "functionName" | "alarmTopicArn"> {
  /** Whether to throw is how the function refuses a user, so that an error says nothing. */
  readonly refusesByError: boolean;
}

/** Alarms for a function of an environment's own. One that runs out of time is an error, too. */
export class TriggerAlarms extends Construct {
  constructor(scope: Construct, id: string, { functionName, alarmTopicArn, refusesByError }: TriggerAlarmsProps) {
    super(scope, id);
    new CloudwatchMetricAlarm(this, "throttles", {
      ...common(alarmTopicArn),
      ...simple(sum(functionName, "AWS/Lambda", "Throttles")),
      alarmName: `${functionName}-throttles`,
      alarmDescription: "Lambda does not run the function as often as Cognito calls it.",
    });
    if (refusesByError) return;
    new CloudwatchMetricAlarm(this, "errors", {
      ...common(alarmTopicArn),
      ...simple(sum(functionName, "AWS/Lambda", "Errors")),
      alarmName: `${functionName}-errors`,
      alarmDescription: "The function throws, crashes, does not start, or runs out of time.",
    });
  }
}
