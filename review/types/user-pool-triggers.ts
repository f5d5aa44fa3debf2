import { configuredAs, expressionAt, templateOf } from "../configuration";
import { child, isList, isObject, type Json } from "../json";
import type { Plan } from "../plan";
import { currentOf, knownValues, listed, quoted, UNKNOWN, type Value } from "../value";
import { isNamed } from "./function-code";
import { type At, type Attribute, type Found, found } from "./type";

/** Triggers that the project's functions are made for. */
const OWN_TRIGGERS = ["pre_sign_up", "user_migration"];

/** What Cognito calls, by the path in `lambda_config`. */
type Triggers = ReadonlyMap<string, string>;

export const triggers: Attribute = {
  kind: "guarded",
  rule: "user-pool-trigger",
  // Without the attribute a new pool has no trigger at all.
  required: true,
  finds: (from, to, at) => {
    const planned = to === UNKNOWN ? at.change.after : undefined;
    const config = to === UNKNOWN ? child(planned, "lambda_config") : to;
    const unknown = unknownTriggers(child(child(at.change.afterUnknown, "lambda_config"), 0));
    const [old, now] = [functions(from), functions(config)];
    return [...lost(old, now, unknown, at), ...gained(old, now, unknown, at), ...others(from, config, at)];
  },
};

function lost(old: Triggers, now: Triggers, unknown: readonly string[], { plan, isNew }: At): Found[] {
  if (isNew && !now.has("pre_sign_up") && !unknown.includes("pre_sign_up")) {
    return [found("user-pool-trigger", "Without pre_sign_up nothing keeps the users of this new pool unique.")];
  }
  const gone = [...old].filter(([name, arn]) => now.get(name) !== arn && !replacedByOwn(name, arn, now, plan));
  const unsure = gone.map(([name]) => name).filter((name) => unknown.includes(name));
  const given = gone.filter(([name]) => !unsure.includes(name));
  return [
    ...(unsure.length === 0
      ? []
      : [
          found(
            "user-pool-trigger",
            `Which function Cognito calls (${unsure.join(", ")}) is only known once it is applied: until then, or for good, sign-ups may go unchecked.`,
          ),
        ]),
    ...given.map(([name, arn]) => found("user-pool-trigger", withoutIt(name, arn, plan))),
  ];
}

function withoutIt(name: string, arn: string, plan: Plan): string {
  const gone = `Cognito would no longer call this function (${name})`;
  if (name === "pre_sign_up") return `${gone}: without pre_sign_up nothing keeps people unique.`;
  if (name === "user_migration") return `${gone}: users whom only the old pool knows could no longer sign in.`;
  return isOwn(arn, plan)
    ? `${gone}: what it does for users stops.`
    : `${gone}. It is ${quoted(arn)}, which this project did not make: what it does for users stops.`;
}

/** A function that is not the project's goes, and the one that the project makes comes back. */
function replacedByOwn(name: string, arn: string, now: Triggers, plan: Plan): boolean {
  return !isMadeFor(name, arn, plan) && isMadeFor(name, now.get(name) ?? "", plan);
}

function gained(old: Triggers, now: Triggers, unknown: readonly string[], at: At): Found[] {
  const known = [...now].filter(([name, arn]) => old.get(name) !== arn);
  const foreign = known.filter(([name, arn]) => !isMadeFor(name, arn, at.plan));
  const unsure = unknown.filter((name) => !old.has(name) && !isOwnTemplate(name, at));
  return [
    ...foreign.map(([name, arn]) =>
      found(
        "user-pool-foreign-trigger",
        isOwn(arn, at.plan)
          ? `Cognito would call ${quoted(arn)} at ${name}, for which it is not made: users would be refused there.`
          : `Cognito would hand every user's name, e-mail address and answers at ${name} to ${quoted(arn)}, which is not one of this plan's functions.`,
      ),
    ),
    ...(unsure.length === 0
      ? []
      : [
          found(
            "user-pool-foreign-trigger",
            `Which function Cognito calls at ${listed(unsure)} cannot be seen in the plan.`,
          ),
        ]),
  ];
}

/** Keys of the senders, versions of events. */
function others(from: Value, to: Value, { isNew }: At): Found[] {
  const rest = (value: Value) => settingsOf(first(value)).join();
  return rest(isNew ? undefined : from) === rest(to)
    ? []
    : [
        found(
          "user-pool-trigger",
          "Cognito would call its functions with other keys or another version of the event: they may refuse users.",
        ),
      ];
}

function settingsOf(value: Json | undefined): string[] {
  if (isList(value)) return value.flatMap(settingsOf);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (typeof inner === "string") return inner === "" || FUNCTION_ARN.test(inner) ? [] : [`${key}=${inner}`];
    return settingsOf(inner);
  });
}

const FUNCTION_ARN = /^arn:[^:]+:lambda:/;

function functions(value: Value): Triggers {
  const found = new Map<string, string>();
  const look = (inner: Json | undefined, path: readonly string[]): void => {
    if (typeof inner === "string" && FUNCTION_ARN.test(inner)) found.set(path.join("."), inner);
    if (isList(inner)) for (const element of inner) look(element, path);
    if (isObject(inner)) for (const [key, one] of Object.entries(inner)) look(one, [...path, key]);
  };
  look(first(value), []);
  return found;
}

function unknownTriggers(marks: Json | undefined): string[] {
  if (!isObject(marks)) return [];
  return Object.entries(marks).flatMap(([key, mark]) => (containsTrue(mark) ? [key] : []));
}

function containsTrue(marks: Json): boolean {
  return (
    marks === true ||
    (isList(marks) && marks.some(containsTrue)) ||
    (isObject(marks) && Object.values(marks).some(containsTrue))
  );
}

function first(value: Value): Json | undefined {
  return value !== UNKNOWN && isList(value) ? value[0] : undefined;
}

function isOwn(arn: string, plan: Plan): boolean {
  return knownValues(plan, "aws_lambda_function", "arn").includes(arn);
}

/** Whether a function is the project's own, and made for this trigger. */
function isMadeFor(name: string, arn: string, plan: Plan): boolean {
  return OWN_TRIGGERS.includes(name) && isOwn(arn, plan) && isNamed(arn, name.replaceAll("_", "-"));
}

/** A trigger that is not known yet, and of which the configuration says that it is a function that this plan makes. */
function isOwnTemplate(name: string, { change, plan }: At): boolean {
  const { expressions } = configuredAs(plan.configuration, change.address) ?? {};
  const expression = expressionAt(expressions, ["lambda_config", 0, name]);
  // What is not configured, the provider fills in: nothing, or the other way to say the same.
  if (expression === undefined && expressions !== undefined) return true;
  const template = templateOf(expression) ?? "";
  const [, address] = /^\$\{(aws_lambda_function\.[\w-]+)\.arn\}$/.exec(template) ?? [];
  return (
    OWN_TRIGGERS.includes(name) &&
    address !== undefined &&
    currentOf(plan, "aws_lambda_function").some((resource) => {
      const functionName = child(resource.after, "function_name");
      return resource.address === address && isNamed(functionName, name.replaceAll("_", "-"));
    })
  );
}
