import { calledIn, strings } from "../config/expressions";
import { configuredAs, expressionsIn, type PlacedExpression, referencesOf } from "../configuration";
import { child, hasTrue, isList, isObject, type Json } from "../json";
import { isChanging, type OutputChange, type Plan, type ResourceChange } from "../plan";
import { SecretValues } from "../secret-values";
import { isSecretName } from "../secrets";
import { listed, quoted } from "../value";
import type { Located } from "./rule";

const PRINTED = "Terraform prints it in every plan, in logs and in the state's outputs";

/** Values count, not only addresses: what is sensitive somewhere must be marked wherever it is. */
export function secretShown(plan: Plan): Located[] {
  const secrets = new SecretValues(plan);
  const names = secretAttributes(plan);
  return [
    ...plan.resources.filter(isChanging).flatMap((change) => inResource(change, plan, secrets, names)),
    ...plan.outputs.flatMap((output) => inOutput(output, plan, secrets, names)),
    ...inProviders(plan, names),
    ...inData(plan, names),
  ];
}

function inResource(change: ResourceChange, plan: Plan, secrets: SecretValues, names: readonly string[]): Located[] {
  const { address, mode, before, after, beforeSensitive, afterSensitive } = change;
  if (mode !== "managed") return [];
  const old = secrets.shownIn(before, beforeSensitive);
  const shown = secrets.shownIn(after, afterSensitive).filter((path) => !old.includes(path));
  const { expressions, repetition } = configuredAs(plan.configuration, address) ?? {};
  const refers = shown.length === 0 && after !== null && isSecretReference([expressions, repetition], names);
  if (shown.length === 0 && !refers) {
    const why =
      after === null
        ? undefined
        : (unseen(repetition) ??
          expressionsIn(expressions)
            .map((one) => unseen(withoutMarked(one, afterSensitive), { isRepeated: repetition !== undefined }))
            .find((one) => one !== undefined));
    return why === undefined ? [] : [{ address, rule: "secret-shown", why }];
  }
  const where = shown.length === 0 ? "what it refers to" : listed([...new Set(shown)]);
  return [
    {
      address,
      rule: "secret-shown",
      why: `A secret would be readable in ${where}, for everyone that may look at the resource.`,
    },
  ];
}

/** An expression without the parts whose values Terraform marks as sensitive: they are shown nowhere. */
function withoutMarked({ path, expression }: PlacedExpression, marks: Json): Json | undefined {
  const mark = path.reduce<Json | undefined>((one, key) => one === true || child(one, key), marks);
  if (mark === true) return undefined;
  const constant = child(expression, "constant_value");
  if (!hasTrue(mark) || constant === undefined) return expression;
  const open = unmarked(constant, mark);
  // What a text names is all that can be known of which part refers to what.
  const text = strings(open).join("\n");
  return { constant_value: open, references: referencesOf(expression).filter((one) => text.includes(one)) };
}

function unmarked(value: Json, marks: Json | undefined): Json {
  if (marks === true) return null;
  if (isList(value)) return value.map((one, index) => unmarked(one, child(marks, index)));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unmarked(one, child(marks, name))]));
}

/** Tags of the provider's are on every resource. */
function inProviders({ configuration }: Plan, names: readonly string[]): Located[] {
  return (configuration?.providers ?? []).flatMap(({ key, expressions }) => {
    const why = isSecretReference([expressions], names)
      ? "A secret would be readable in what it refers to, for everyone that may look at any resource."
      : unseen(expressions);
    return why === undefined ? [] : [{ address: `provider.${key}`, rule: "secret-shown", why }];
  });
}

/** What a data source is told comes back in its answer, without a mark. */
function inData({ configuration }: Plan, names: readonly string[]): Located[] {
  return (configuration?.resources ?? []).flatMap(({ address, mode, expressions, repetition }) => {
    if (mode !== "data") return [];
    const why = isSecretReference([expressions, repetition], names)
      ? "It is told a secret, which its answer holds without being marked."
      : (unseen(repetition) ?? unseen(expressions, { isRepeated: repetition !== undefined }));
    return why === undefined ? [] : [{ address, rule: "secret-shown", why }];
  });
}

function inOutput(output: OutputChange, plan: Plan, secrets: SecretValues, names: readonly string[]): Located[] {
  const { name, action, before, after, beforeSensitive, afterSensitive, afterUnknown } = output;
  const configured = plan.configuration?.outputs.find((one) => one.name === name);
  // Where the mark goes and the value stays, Terraform marks both sides; the configuration alone says it.
  const isMarked = configured === undefined ? afterSensitive === true : configured.sensitive;
  if (action === "none" || action === "delete" || isMarked) return [];
  const there = after !== null || hasTrue(afterUnknown);
  const here = (why: string): Located[] => [{ address: `output.${name}`, rule: "secret-shown", why }];
  if (hasTrue(beforeSensitive) && there) return here(`The output is no longer marked as sensitive: ${PRINTED}.`);
  if (secrets.shownIn(after, false).length > secrets.shownIn(before, beforeSensitive).length) {
    return here(`The output holds a value that is sensitive elsewhere: ${PRINTED}.`);
  }
  if (configured !== undefined && isSecretReference([configured.expression], names)) {
    return here(`The output is made of a sensitive value, and not marked as sensitive: ${PRINTED}.`);
  }
  if (isSecretName(name) && there)
    return here(`The output has the name of a secret, and is not marked as sensitive: ${PRINTED}.`);
  const why = unseen(configured?.expression);
  if (why !== undefined) return here(why);
  return hasTrue(afterUnknown) && referencesOf(configured?.expression).length === 0
    ? here(`What the output ${quoted(name)} will hold cannot be seen in the plan: it may be a secret.`)
    : [];
}

/** Why an expression can hold more than what can be seen in the plan: a file, or a secret without its mark. */
function unseen(expressions: Json | undefined, { isRepeated = false } = {}): string | undefined {
  // What `each` and `count` are is judged with the expression of for_each or count, where there is one.
  const kinds = isRepeated ? /^(?:local|module|var)\b/ : /^(?:local|module|var|each|count)\b/;
  // The stack's own variable is its workspace (modules/workspace-guard).
  const hidden = referencesOf(expressions).filter((one) => kinds.test(one) && one !== "var.workspace");
  if (hidden.length > 0)
    return `What ${listed([...new Set(hidden)])} is cannot be seen in the plan: it may be a secret.`;
  const called = calledIn(strings(expressions));
  return called.length === 0
    ? undefined
    : `It calls ${listed(called)}, which reads files of the machine, takes a secret's mark away, or is not known here.`;
}

/** `aws_cognito_user_pool_client.client_secret`: attributes that are marked in this plan. */
function secretAttributes(plan: Plan): string[] {
  const marked = [
    ...plan.resources.flatMap(({ type, beforeSensitive, afterSensitive }) => [
      ...keys(type, beforeSensitive),
      ...keys(type, afterSensitive),
    ]),
    ...plan.state.flatMap(({ type, sensitive, mode }) => (mode === "managed" ? keys(type, sensitive) : [])),
  ];
  return [...new Set(["aws_cognito_user_pool_client.client_secret", ...marked])];
}

function keys(type: string, marks: Json): string[] {
  return isObject(marks) ? Object.keys(marks).flatMap((name) => (marks[name] === true ? [`${type}.${name}`] : [])) : [];
}

/**
 * Whether one of the expressions takes a marked attribute, or all of a resource that has one: with a splat, a loop or a name
 * in brackets it can then take the attribute.
 */
function isSecretReference(expressions: readonly (Json | undefined)[], names: readonly string[]): boolean {
  const types = [...new Set(names.map((name) => name.split(".")[0] ?? ""))];
  const whole = new RegExp(`^(?:${types.join("|")})\\.[\\w-]+(?:\\[.*\\])?$`, "s");
  const ones = names.map((name) => {
    const [type = "", attribute = ""] = name.split(".");
    return new RegExp(`^${type}\\.[\\w-]+(?:\\[.*\\])?\\.${attribute}\\b`, "s");
  });
  return expressions
    .flatMap((one) => expressionsIn(one))
    .some(({ expression }) => {
      const references = referencesOf(expression);
      // Terraform lists a reference, then the same without its last part, and so on to the resource.
      const isLonger = (reference: string, before = "") =>
        before.startsWith(`${reference}.`) || before.startsWith(`${reference}[`);
      return references.some(
        (reference, index) =>
          ones.some((one) => one.test(reference)) ||
          (whole.test(reference) && !isLonger(reference, references[index - 1])),
      );
    });
}
