import { configuredAs, expressionAt, templateOf } from "../configuration";
import { child, isList, isObject, type Json } from "../json";
import type { Plan } from "../plan";
import { currentOf, knownValues, listed, otherAccount, quoted, UNKNOWN, type Value } from "../value";
import { FUNCTION_NAMES, isNamed } from "./functions";
import { type At, type Attribute, type Found, found } from "./type";

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

/** The key of the senders, and versions of events. What a new trigger begins with is its function's business. */
function others(from: Value, to: Value, { isNew, plan }: At): Found[] {
  const before = isNew ? undefined : first(from);
  const [old, now] = [leaves(before, isSetting), leaves(first(to), isSetting)];
  const [oldFunctions, nowFunctions] = [functions(isNew ? undefined : from), functions(to)];
  const isUsed = (path: string, triggers: Triggers) =>
    path === KEY
      ? [...triggers.keys()].some((trigger) => trigger.startsWith("custom_") && trigger.endsWith(".lambda_arn"))
      : triggers.has(path.replace(/\.lambda_version$/, ".lambda_arn"));
  const changed = [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path));
  const key = now.get(KEY);
  const account = old.get(KEY) === key ? undefined : otherAccount(key, plan);
  return [
    ...(changed.some((path) => isUsed(path, oldFunctions) && isUsed(path, nowFunctions))
      ? [
          found(
            "user-pool-trigger",
            "Cognito would call its functions with other keys or another version of the event: they may refuse users.",
          ),
        ]
      : []),
    ...(account === undefined
      ? []
      : [
          found(
            "user-pool-trigger",
            `Codes would be encrypted with a key of the account ${quoted(account)}: its owner can take it away, and decrypt them.`,
          ),
        ]),
  ];
}

const KEY = "kms_key_id";
const FUNCTION_ARN = /^arn:[^:]+:lambda:/;
const isSetting = (text: Json) => typeof text === "string" && text !== "" && !FUNCTION_ARN.test(text);

function functions(value: Value): Triggers {
  return leaves(first(value), (text) => typeof text === "string" && FUNCTION_ARN.test(text));
}

/** What the value holds, and is wanted, by path. */
function leaves(value: Json | undefined, isWanted: (leaf: Json) => boolean): Map<string, string> {
  const found = new Map<string, string>();
  const look = (inner: Json, path: readonly string[]): void => {
    if (isList(inner)) for (const element of inner) look(element, path);
    else if (isObject(inner)) for (const [key, one] of Object.entries(inner)) look(one, [...path, key]);
    else if (isWanted(inner)) found.set(path.join("."), String(inner));
  };
  if (value !== undefined) look(value, []);
  return found;
}

function unknownTriggers(marks: Json | undefined): string[] {
  return [...leaves(marks, (mark) => mark === true).keys()];
}

function first(value: Value): Json | undefined {
  return value !== UNKNOWN && isList(value) ? value[0] : undefined;
}

function isOwn(arn: string, plan: Plan): boolean {
  return knownValues(plan, "aws_lambda_function", "arn").includes(arn);
}

/** Whether a function is the project's own, and made for this trigger. */
function isMadeFor(name: string, arn: string, plan: Plan): boolean {
  return isOwn(arn, plan) && isNamed(arn, functionOf(name));
}

/** What the function of a trigger is called, by its path: `custom_email_sender.lambda_arn`. Nothing is called like another path. */
function functionOf(path: string): string {
  const name = path.replace(/(?:_config)?\.lambda_arn$/, "").replaceAll("_", "-");
  return FUNCTION_NAMES.includes(name) ? name : "\n";
}

/** A trigger that is not known yet, and of which the configuration says that it is a function that this plan makes. */
function isOwnTemplate(name: string, { change, plan }: At): boolean {
  const { expressions } = configuredAs(plan.configuration, change.address) ?? {};
  const keys = name.split(".").flatMap((key) => [0, key]);
  const expression = expressionAt(expressions, ["lambda_config", ...keys]);
  // What is not configured, the provider fills in: nothing, or the other way to say the same.
  if (expression === undefined && expressions !== undefined) return true;
  const template = templateOf(expression) ?? "";
  const [, address] = /^\$\{(aws_lambda_function\.[\w-]+)\.arn\}$/.exec(template) ?? [];
  return (
    address !== undefined &&
    currentOf(plan, "aws_lambda_function").some((resource) => {
      const functionName = child(resource.after, "function_name");
      return resource.address === address && isNamed(functionName, functionOf(name));
    })
  );
}
