import { calledIn, strings } from "../config/expressions";
import { configuredAs, referencesOf, templateOf } from "../configuration";
import { hasTrue, isObject, type Json } from "../json";
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
  ];
}

function inResource(change: ResourceChange, plan: Plan, secrets: SecretValues, names: readonly string[]): Located[] {
  const { address, mode, before, after, beforeSensitive, afterSensitive } = change;
  if (mode !== "managed") return [];
  const old = secrets.shownIn(before, beforeSensitive);
  const shown = secrets.shownIn(after, afterSensitive).filter((path) => !old.includes(path));
  const { expressions } = configuredAs(plan.configuration, address) ?? {};
  const refers = shown.length === 0 && after !== null && isSecretReference(expressions, names);
  if (shown.length === 0 && !refers) {
    const why = after === null || hasTrue(afterSensitive) ? undefined : unseen(expressions);
    return why === undefined ? [] : [{ address, rule: "secret-shown", why }];
  }
  const where = shown.length === 0 ? "what it refers to" : listed([...new Set(shown)]);
  return [
    {
      address,
      rule: "secret-shown",
      why: `A secret would be readable in ${where}, for everyone who may look at the resource.`,
    },
  ];
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
  if (configured !== undefined && isSecretReference(configured.expression, names)) {
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
function unseen(expressions: Json | undefined): string | undefined {
  // The stack's own variable is its workspace (modules/workspace-guard).
  const hidden = referencesOf(expressions).filter(
    (one) => /^(?:local|module|var)\./.test(one) && one !== "var.workspace",
  );
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

/** Whether an expression takes a marked attribute, or all of a resource that has one. */
function isSecretReference(expression: Json | undefined, names: readonly string[]): boolean {
  const references = referencesOf(expression);
  const template = templateOf(expression);
  return names.some((name) => {
    const [type = "", attribute = ""] = name.split(".");
    const whole = new RegExp(`^${type}\\.[\\w-]+(?:\\[[^\\]]*\\])?$`);
    const one = new RegExp(`^${type}\\.[\\w-]+(?:\\[[^\\]]*\\])?\\.${attribute}\\b`);
    if (references.some((reference) => one.test(reference))) return true;
    if (template !== undefined) {
      return (
        references.some((reference) => whole.test(reference)) &&
        new RegExp(`\\b${type}\\.[\\w-]+(?![\\w.-]|\\[)`).test(template)
      );
    }
    return references.some(
      (reference) => whole.test(reference) && !references.some((longer) => longer.startsWith(`${reference}.`)),
    );
  });
}
