import { Alarms } from "../../../modules/alarms/alarms";
import { type Block, stackOf } from "../../support/stack";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";

function alarms(): Record<string, Block> {
  const functionName = "acme-dev-pre-sign-up";
  const props = { functionName, metricsNamespace: "PreSignUp", refused: "Sign-ups", alarmTopicArn: TOPIC };
  return stackOf((stack) => new Alarms(stack, "alarms", props)).resource.aws_cloudwatch_metric_alarm ?? {};
}

it("watch failing closed, throttles, and errors that are no refusals", () => {
  expect(
    Object.values(alarms())
      .map(({ alarm_name }) => alarm_name)
      .sort(),
  ).toEqual(["acme-dev-pre-sign-up-errors", "acme-dev-pre-sign-up-failed-closed", "acme-dev-pre-sign-up-throttles"]);
});

it("go off at the first sign-up that fails closed or is throttled", () => {
  const common = { statistic: "Sum", comparison_operator: "GreaterThanThreshold", threshold: 0, evaluation_periods: 1 };
  expect(alarms().alarms_failed_closed).toMatchObject({
    ...common,
    namespace: "PreSignUp",
    metric_name: "FailedClosed",
  });
  expect(alarms().alarms_throttles).toMatchObject({ ...common, namespace: "AWS/Lambda", metric_name: "Throttles" });
});

it("do not take refusals, which Lambda counts as errors, for errors", () => {
  const { metric_query } = alarms().alarms_errors ?? {};
  expect(metric_query.at(-1)).toMatchObject({
    expression: "FILL(errors, 0) - FILL(refused, 0) - FILL(failed_closed, 0)",
    return_data: true,
  });
  expect(metric_query.slice(0, -1).map(({ metric }: Block) => `${metric.namespace} ${metric.metric_name}`)).toEqual([
    "AWS/Lambda Errors",
    "PreSignUp Refused",
    "PreSignUp FailedClosed",
  ]);
});

it("are silent when there are no sign-ups", () => {
  for (const alarm of Object.values(alarms())) expect(alarm.treat_missing_data).toBe("notBreaching");
});

it("tell the topic when they go off and when it is over", () => {
  for (const alarm of Object.values(alarms())) {
    expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
  }
});
