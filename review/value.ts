import { child, hasTrue, isList, isObject, type Json } from "./json";
import type { Plan, ResourceChange } from "./plan";

/** Stands for a value that is only known once the plan is applied: it may turn out to be anything. */
export const UNKNOWN = Symbol("known after apply");

/** A value, nothing where it is not set, or what is only known once the plan is applied. */
export type Value = Json | typeof UNKNOWN | undefined;

export type Keys = ReadonlyArray<string | number>;

export function at(value: Value, ...keys: Keys): Json | undefined {
  return keys.reduce<Json | undefined>(child, value === UNKNOWN ? undefined : value);
}

export function before(change: ResourceChange, ...keys: Keys): Json | undefined {
  return at(change.before, ...keys);
}

export function after(change: ResourceChange, ...keys: Keys): Value {
  let unknown: Json | undefined = change.afterUnknown;
  for (const key of keys) unknown = unknown === true || child(unknown, key);
  return hasTrue(unknown) ? UNKNOWN : at(change.after, ...keys);
}

/** What providers use as they please for "not set". */
export function isUnset(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (isList(value)) return value.every(isUnset);
  if (isObject(value)) return Object.values(value).every(isUnset);
  return value === undefined || value === null || value === "" || value === false;
}

export function amount(value: Value): number {
  return typeof value === "number" || (typeof value === "string" && value !== "") ? Number(value) : 0;
}

/** Whether a text is a URL. Not by `URL.canParse`: once optimized, that of Node.js 20 and 22 answers false for a text with an ä. */
export function isUrl(text: string): boolean {
  try {
    return new URL(text) !== undefined;
  } catch {
    return false;
  }
}

export function texts(value: Value): string[] {
  return value !== UNKNOWN && isList(value) ? value.filter((element) => typeof element === "string") : [];
}

/** Something that a plan says, in a sentence: nothing in it is markup. */
export function quoted(value: Value): string {
  if (value === UNKNOWN) return "what is only known once it is applied";
  const text = (typeof value === "string" ? value : JSON.stringify(value ?? null)).replaceAll("`", "'");
  return `\`${text.length > 100 ? `${text.slice(0, 99)}…` : text}\``;
}

export function listed(values: readonly Value[]): string {
  return values.map(quoted).join(", ");
}

/** A resource before and after a plan; the same on both sides where the plan does not change it. */
export interface Current {
  readonly address: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  readonly change: ResourceChange | undefined;
}

/** Every resource of a type that was there, or will be. */
export function currentOf(plan: Plan, type: string): Current[] {
  const changes = plan.resources.filter(
    (change) => change.type === type && change.mode === "managed" && !change.deposed,
  );
  const moved = changes.flatMap(({ address, movedFrom }) => [address, movedFrom]);
  const unchanged = plan.state.filter((resource) => {
    return resource.type === type && resource.mode === "managed" && !moved.includes(resource.address);
  });
  return [
    ...changes.map((change) => ({
      address: change.address,
      before: change.before ?? undefined,
      after: change.after ?? undefined,
      change,
    })),
    ...unchanged.map(({ address, values }) => ({ address, before: values, after: values, change: undefined })),
  ];
}

/** What Terraform had of a type before the plan. What the plan takes over counts as new: it vouches for nothing. */
export function presentOf(plan: Plan, type: string): Json[] {
  return currentOf(plan, type).flatMap(({ before, change }) =>
    before === undefined || change?.importing !== undefined ? [] : [before],
  );
}

/** The values that an attribute of a type has, before and after. */
export function knownValues(plan: Plan, type: string, name: string): string[] {
  const values = currentOf(plan, type).flatMap(({ before, after }) => [child(before, name), child(after, name)]);
  return [...new Set(values.filter((value) => typeof value === "string" && value !== ""))] as string[];
}

/** An environment variable of every function of the plan, on both sides. */
export function variablesOf(plan: Plan, name: string): readonly { before: Value; after: Value; functionName: Value }[] {
  return currentOf(plan, "aws_lambda_function").map(({ before: old, after: now }) => ({
    functionName: at(now ?? old, "function_name"),
    before: at(old, "environment", 0, "variables", name),
    after: at(now, "environment", 0, "variables", name),
  }));
}

/** Whether sign-ups through identity providers are linked to accounts that are there. */
export function isLinking(plan: Plan): boolean {
  return variablesOf(plan, "FEDERATED").some(({ before, after }) => before === "link" || after === "link");
}

/** The account that the plan was made in, where it says so. */
export function accountOf(plan: Plan): string | undefined {
  const identity = plan.state.find(({ type, mode }) => type === "aws_caller_identity" && mode === "data");
  const account = at(identity?.values, "account_id");
  return typeof account === "string" ? account : undefined;
}

/** The Region that the provider works in, where the configuration says so. */
export function regionOf({ configuration }: Plan): string | undefined {
  const provider = configuration?.providers.find(({ key }) => key === "aws");
  const region = at(provider?.expressions, "region", "constant_value");
  return typeof region === "string" && !region.includes("${") ? region : undefined;
}

/** The account in an ARN, if it is another one than the plan's. */
export function otherAccount(arn: Value, plan: Plan): string | undefined {
  const [, account] = typeof arn === "string" ? (/^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(arn) ?? []) : [];
  const own = accountOf(plan);
  return own === undefined || account === own ? undefined : account;
}
