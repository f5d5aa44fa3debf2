import { isEmpty, isList, isObject, isSame, type Json, parsedText } from "../json";
import { amount, at, isUnset, knownValues, listed, otherAccount, quoted, texts, UNKNOWN, type Value } from "../value";
import {
  type Attribute,
  COMMON,
  COMPUTED,
  FREE,
  fixed,
  found,
  identity,
  only,
  onlyAdded,
  ownKey,
  type ResourceType,
  smaller,
  TAGS,
  when,
} from "./type";

const LOGS = "The log says why sign-ups were refused: what is older, or all of it, is deleted.";

/** 0 is for ever. */
function days(value: Value): number {
  return isUnset(value) || value === 0 ? Number.POSITIVE_INFINITY : amount(value);
}

export const LOG_GROUP: ResourceType = {
  type: "aws_cloudwatch_log_group",
  lost: () => [found("log-lost", LOGS)],
  forgotten: found("forgotten", "The log stays, but nothing plans or checks how long it is kept and who can read it."),
  attributes: {
    ...COMMON,
    ...TAGS,
    name: identity("log-lost", LOGS),
    name_prefix: fixed("log-lost", LOGS),
    retention_in_days: when("safer", "log-shorter", LOGS, (from, to, { isNew, change }) => {
      // One that is taken over, half made, does not say yet how long it is kept.
      const isTakenOver = change.importing !== undefined && days(from) === Number.POSITIVE_INFINITY;
      return to !== UNKNOWN && days(to) >= (isNew || isTakenOver ? 1 : days(from));
    }),
    kms_key_id: ownKey(
      onlyAdded(
        "log-key",
        "The log would be encrypted with another key, or AWS's own: others may read it, or no operator can.",
      ),
      "The log would be encrypted",
    ),
    log_group_class: when(
      "guarded",
      "log-class",
      "In another class of logs the function's metrics are no longer made: alarms stay silent.",
      (_, to) => isUnset(to) || to === "STANDARD",
    ),
    skip_destroy: FREE,
    arn: COMPUTED,
  },
};

const SILENT = "The alarm would go off later, or never, when sign-ups are refused for no fault of the user.";
const ACTIONS = "Operators would not be told when sign-ups are refused for no fault of the user.";

/** A topic of this account: an action can also stop machines, or run code. */
const told = (isNeeded: boolean): Attribute => ({
  kind: "guarded",
  rule: "alarm-silent",
  finds: (from, to, { isNew, plan }) => {
    const topics = texts(to);
    const isTold = to !== UNKNOWN && topics.every((arn) => /^arn:[\w-]+:sns:/.test(arn));
    if (!isTold || (isNeeded && topics.length === 0)) return [found("alarm-silent", ACTIONS)];
    const more = topics.filter((arn) => isNew || !texts(from).includes(arn));
    const others = more.filter((arn) => otherAccount(arn, plan) !== undefined);
    return others.length === 0
      ? []
      : [
          found(
            "alarm-silent",
            `The alarm would be told to ${listed(others)}, of another account: its owner decides which operators are notified.`,
          ),
        ];
  },
});

/** What an alarm looks at: it never changes, and is said again where it is missing. */
const SAID = when("guarded", "alarm-silent", SILENT, (from, _, { isNew, change }) => {
  return isNew || isUnset(from) || change.action === "replace";
});

/** A value without what is not set, which the provider writes as null, as "" or as 0. */
function said(value: Value): Json {
  if (value === UNKNOWN || value === undefined) return null;
  if (isList(value)) return value.map(said);
  if (!isObject(value)) return value;
  const set = Object.entries(value).filter(([, part]) => !isEmpty(part) && part !== 0);
  return Object.fromEntries(set.map(([key, part]) => [key, said(part)]));
}

/** A number that may become smaller, or be said again. */
const atMost = (most: number) =>
  when("safer", "alarm-silent", SILENT, (from, to, { isNew }) => {
    const limit = isNew || amount(from) === 0 ? most : amount(from);
    return to !== UNKNOWN && amount(to) <= limit;
  });

export const METRIC_ALARM: ResourceType = {
  type: "aws_cloudwatch_metric_alarm",
  lost: () => [found("alarm-lost", ACTIONS)],
  forgotten: found("forgotten", "The alarm stays, but nothing plans or checks it here from now on."),
  attributes: {
    ...COMMON,
    ...TAGS,
    alarm_actions: { ...told(true), required: true },
    ok_actions: told(false),
    insufficient_data_actions: told(false),
    alarm_description: FREE,
    alarm_name: identity("alarm-lost", ACTIONS),
    actions_enabled: when(
      "guarded",
      "alarm-silent",
      ACTIONS,
      (_, to) => to === true || to === null || to === undefined,
    ),
    threshold: smaller("alarm-silent", SILENT, 0),
    evaluation_periods: atMost(3),
    datapoints_to_alarm: atMost(2),
    period: atMost(300),
    comparison_operator: SAID,
    dimensions: when("guarded", "alarm-silent", SILENT, (from, to, { isNew, change, plan }) => {
      if (isNew || change.action === "replace") return true;
      const name = at(to, "FunctionName");
      const functions = knownValues(plan, "aws_lambda_function", "function_name");
      return isUnset(from) && (typeof name !== "string" || functions.includes(name));
    }),
    extended_statistic: fixed("alarm-silent", SILENT),
    metric_name: SAID,
    metric_query: when("guarded", "alarm-silent", SILENT, (from, to, { isNew, change }) => {
      return isNew || isUnset(from) || change.action === "replace" || (to !== UNKNOWN && isSame(said(from), said(to)));
    }),
    namespace: SAID,
    statistic: SAID,
    threshold_metric_id: fixed("alarm-silent", SILENT),
    treat_missing_data: only("alarm-silent", SILENT, "notBreaching"),
    unit: fixed("alarm-silent", SILENT),
    evaluate_low_sample_count_percentiles: fixed("alarm-silent", SILENT),
    arn: COMPUTED,
  },
};

/** Widgets that show what CloudWatch knows. Another one calls a function, as the operator who looks at it. */
const WIDGETS: readonly (Json | undefined)[] = ["metric", "text", "log", "alarm", "explorer"];

const widgets: Attribute = {
  kind: "safer",
  rule: "dashboard-runs",
  finds: (from, to, { isNew, template }) => {
    const body = parsedText(to === UNKNOWN ? template : to);
    const shown = at(body, "widgets") ?? [];
    if (body === undefined || !isList(shown)) {
      return [found("dashboard-runs", "What the dashboard would show, or run, cannot be read in the plan.")];
    }
    const old = at(isNew ? undefined : parsedText(from === UNKNOWN ? undefined : from), "widgets");
    const strange = shown.filter(
      (one) => !WIDGETS.includes(at(one, "type")) && !(isList(old) && old.some((other) => isSame(one, other))),
    );
    return strange.map((one) =>
      found(
        "dashboard-runs",
        `Operators who open the dashboard would run ${quoted(at(one, "properties", "endpoint") ?? at(one, "type"))} with their own rights, and see what it answers.`,
      ),
    );
  },
};

export const DASHBOARD: ResourceType = {
  type: "aws_cloudwatch_dashboard",
  attributes: {
    ...COMMON,
    dashboard_body: widgets,
    dashboard_name: FREE,
    dashboard_arn: COMPUTED,
  },
};
