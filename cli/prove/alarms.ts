import type { MetricAlarm, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { child, isList, isSame, type Json } from "../../review/json";

/*
 * Alarms are asked for here, and not compared by the plan: an emulator that answers the provider's protocol with half of an alarm makes every plan see
 * changes.
 */

/** What differs between an alarm as CloudWatch describes it and as the plan has it, a text each: "threshold should be 0, is 5". */
export function alarmDifferences(planned: Json, found: MetricAlarm | undefined): string[] {
  if (found === undefined) return ["it is not there any more"];
  const expected = expectedOf(planned);
  const actual = actualOf(found, expected.metric_query !== undefined);
  return Object.entries(expected).flatMap(([name, value]) => {
    const now = actual[name];
    // An emulator may not say what an alarm calculates.
    if (isSame(value, now) || (name === "metric_query" && now === undefined)) return [];
    return [`${name} should be ${JSON.stringify(value)}, is ${JSON.stringify(now ?? null)}`];
  });
}

type Fields = Readonly<Record<string, Json | undefined>>;

const ACTIONS = ["alarm_actions", "ok_actions", "insufficient_data_actions"];
const COMMON = ["actions_enabled", "comparison_operator", "evaluation_periods", "threshold", "treat_missing_data"];
const OF_ONE_METRIC = ["namespace", "metric_name", "statistic", "period", "dimensions"];

/** "aws_cloudwatch_metric_alarm", hashicorp/aws: an alarm is of one metric, or calculates (metric_query). */
function expectedOf(planned: Json): Fields {
  const queries = child(planned, "metric_query");
  const calculates = isList(queries) && queries.length > 0;
  const names = calculates ? COMMON : [...COMMON, ...OF_ONE_METRIC];
  const given = (name: string) => child(planned, name);
  return {
    ...Object.fromEntries(names.map((name) => [name, given(name)])),
    ...Object.fromEntries(ACTIONS.map((name) => [name, asSet(given(name))])),
    // The provider writes 0 where nothing is set.
    datapoints_to_alarm: child(planned, "datapoints_to_alarm") || null,
    ...(calculates && { metric_query: byId(queries.map(plannedQuery)) }),
  };
}

/** "MetricAlarm", CloudWatch API reference. */
function actualOf(found: MetricAlarm, calculates: boolean): Fields {
  return {
    actions_enabled: found.ActionsEnabled,
    alarm_actions: asSet(found.AlarmActions),
    ok_actions: asSet(found.OKActions),
    insufficient_data_actions: asSet(found.InsufficientDataActions),
    comparison_operator: found.ComparisonOperator,
    evaluation_periods: found.EvaluationPeriods,
    datapoints_to_alarm: found.DatapointsToAlarm ?? null,
    threshold: found.Threshold,
    treat_missing_data: found.TreatMissingData,
    ...(calculates
      ? { metric_query: found.Metrics?.length ? byId(found.Metrics.map(foundQuery)) : undefined }
      : {
          namespace: found.Namespace,
          metric_name: found.MetricName,
          statistic: found.Statistic,
          period: found.Period,
          dimensions: dimensionsOf(found.Dimensions),
        }),
  };
}

interface Query {
  readonly id: string;
  readonly what: Json;
}

function plannedQuery(query: Json): Query {
  const metric = child(child(query, "metric"), 0);
  const names = ["namespace", "metric_name", "stat", "period", "dimensions"];
  return {
    id: String(child(query, "id")),
    what: metric
      ? Object.fromEntries(names.map((name) => [name, child(metric, name) ?? null]))
      : { expression: child(query, "expression") ?? null },
  };
}

function foundQuery({ Id = "", MetricStat, Expression }: MetricDataQuery): Query {
  const { Metric, Stat, Period } = MetricStat ?? {};
  return {
    id: Id,
    what: MetricStat
      ? {
          namespace: Metric?.Namespace ?? null,
          metric_name: Metric?.MetricName ?? null,
          stat: Stat ?? null,
          period: Period ?? null,
          dimensions: dimensionsOf(Metric?.Dimensions),
        }
      : { expression: Expression ?? null },
  };
}

function byId(queries: readonly Query[]): Json {
  return Object.fromEntries(queries.map(({ id, what }) => [id, what]));
}

function dimensionsOf(dimensions: MetricAlarm["Dimensions"] = []): Json {
  return Object.fromEntries(dimensions.map(({ Name = "", Value = "" }) => [Name, Value]));
}

/** Lists of actions have no order, and none is written in more than one way. */
function asSet(value: Json | undefined): Json {
  return isList(value) ? [...value].sort() : [];
}
