import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import { alarmDifferences } from "../../../cli/prove/alarms";

const TOPIC = "arn:aws:sns:eu-west-1:111122223333:on-call";
const NAME = "acme-prod-pre-sign-up";

const COMMON = {
  actions_enabled: true,
  alarm_actions: [TOPIC],
  ok_actions: [TOPIC],
  insufficient_data_actions: null,
  comparison_operator: "GreaterThanThreshold",
  threshold: 0,
  treat_missing_data: "notBreaching",
};

/** As a plan has them. */
const ONE_METRIC = {
  ...COMMON,
  alarm_name: `${NAME}-throttles`,
  evaluation_periods: 1,
  datapoints_to_alarm: 0,
  namespace: "AWS/Lambda",
  metric_name: "Throttles",
  statistic: "Sum",
  period: 300,
  dimensions: { FunctionName: NAME },
  metric_query: [],
};
const CALCULATED = {
  ...COMMON,
  alarm_name: `${NAME}-errors`,
  evaluation_periods: 3,
  datapoints_to_alarm: 2,
  namespace: null,
  metric_query: [
    {
      id: "errors",
      expression: "",
      metric: [
        {
          ...{ namespace: "AWS/Lambda", metric_name: "Errors", stat: "Sum", period: 300, unit: "" },
          dimensions: { FunctionName: NAME },
        },
      ],
    },
    { id: "unexpected", expression: "FILL(errors, 0)", label: "Unexpected errors", return_data: true, metric: [] },
  ],
};

/** As "DescribeAlarms", CloudWatch API reference, has them. */
const ANSWER = {
  ActionsEnabled: true,
  OKActions: [TOPIC],
  AlarmActions: [TOPIC],
  InsufficientDataActions: [],
  StateValue: "OK",
  Threshold: 0,
  ComparisonOperator: "GreaterThanThreshold",
  TreatMissingData: "notBreaching",
} satisfies MetricAlarm;
const THROTTLES = {
  ...ANSWER,
  AlarmName: ONE_METRIC.alarm_name,
  MetricName: "Throttles",
  Namespace: "AWS/Lambda",
  Statistic: "Sum",
  Dimensions: [{ Name: "FunctionName", Value: NAME }],
  Period: 300,
  EvaluationPeriods: 1,
} satisfies MetricAlarm;
const ERRORS = {
  ...ANSWER,
  AlarmName: CALCULATED.alarm_name,
  Dimensions: [],
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Metrics: [
    {
      Id: "errors",
      MetricStat: {
        Metric: {
          Namespace: "AWS/Lambda",
          MetricName: "Errors",
          Dimensions: [{ Name: "FunctionName", Value: NAME }],
        },
        Period: 300,
        Stat: "Sum",
      },
      ReturnData: false,
    },
    { Id: "unexpected", Expression: "FILL(errors, 0)", Label: "Unexpected errors", ReturnData: true },
  ],
} satisfies MetricAlarm;

it("an alarm is as set, of one metric and one that calculates", () => {
  expect(alarmDifferences(ONE_METRIC, THROTTLES)).toEqual([]);
  expect(alarmDifferences(CALCULATED, ERRORS)).toEqual([]);
});

it("an alarm that is gone is named", () => {
  expect(alarmDifferences(ONE_METRIC, undefined)).toEqual(["it is not there any more"]);
});

it.each<[string, Partial<MetricAlarm>]>([
  ["actions_enabled should be true, is false", { ActionsEnabled: false }],
  [`alarm_actions should be ["${TOPIC}"], is []`, { AlarmActions: [] }],
  [`ok_actions should be ["${TOPIC}"], is ["arn:other"]`, { OKActions: ["arn:other"] }],
  ['insufficient_data_actions should be [], is ["arn:other"]', { InsufficientDataActions: ["arn:other"] }],
  ["threshold should be 0, is 5", { Threshold: 5 }],
  ["evaluation_periods should be 1, is 3", { EvaluationPeriods: 3 }],
  ["datapoints_to_alarm should be null, is 1", { DatapointsToAlarm: 1 }],
  ['treat_missing_data should be "notBreaching", is "missing"', { TreatMissingData: "missing" }],
  ['metric_name should be "Throttles", is "Errors"', { MetricName: "Errors" }],
  ["period should be 300, is 3600", { Period: 3600 }],
  [`dimensions should be {"FunctionName":"${NAME}"}, is {}`, { Dimensions: [] }],
])("%s", (text, changed) => {
  expect(alarmDifferences(ONE_METRIC, { ...THROTTLES, ...changed })).toEqual([text]);
});

it("what an alarm calculates is compared, where CloudWatch says it", () => {
  const [errors] = ERRORS.Metrics;
  const other = { Id: "unexpected", Expression: "0" };
  const Metrics = errors === undefined ? [] : [errors, other];
  expect(alarmDifferences(CALCULATED, { ...ERRORS, Metrics })).toEqual([expect.stringContaining('"expression":"0"')]);
  expect(alarmDifferences(CALCULATED, { ...ERRORS, Metrics: undefined })).toEqual([]);
});
