import { configuredAs, expressionAt, templateOf } from "./configuration";
import { child, hasTrue, isList, isObject, isSame, type Json } from "./json";
import type { Plan, ResourceChange } from "./plan";
import { type Attribute, type Found, found, type ResourceType } from "./types/type";
import { isUnset, type Keys, quoted, UNKNOWN, type Value } from "./value";

/** A finding, and the attribute that it is about. */
export interface JudgedAttribute extends Found {
  readonly path?: string;
}

/** What a plan makes of one resource, by the description of its type. */
export function judge(change: ResourceChange, plan: Plan, type: ResourceType): JudgedAttribute[] {
  const { action, reason } = change;
  // A setting that an interrupted run left half made is made anew, and is then what its attributes say.
  const isSetAgain = type.isSetting === true && action === "replace" && reason === "replace_because_tainted";
  const lost =
    (action === "delete" || action === "replace") && !isSetAgain
      ? (type.lost?.({ change, plan, isNew: false, template: undefined }) ?? [])
      : [];
  const forgotten = action === "forget" && type.forgotten !== undefined ? [type.forgotten] : [];
  const changed = action === "update" || action === "replace" ? attributes(change, plan, type, false) : [];
  const made =
    action === "create" || action === "replace" || change.importing !== undefined
      ? attributes(change, plan, type, true)
      : [];
  return distinct([...lost, ...forgotten, ...changed, ...made]);
}

/** One rule says one thing once, however many attributes it is about. */
function distinct(all: readonly JudgedAttribute[]): JudgedAttribute[] {
  return all.filter(({ rule, why }, index) => all.findIndex((one) => one.rule === rule && one.why === why) === index);
}

function attributes(change: ResourceChange, plan: Plan, type: ResourceType, isNew: boolean): JudgedAttribute[] {
  const { expressions } = configuredAs(plan.configuration, change.address) ?? {};
  const seen = new Set<string>();
  const results: JudgedAttribute[] = [];

  const judged = (attribute: Attribute, path: string, from: Value, to: Value, template: string | undefined) => {
    seen.add(path);
    const findings = attribute.finds(from, to, { change, plan, isNew, template });
    results.push(...findings.map((finding) => ({ ...finding, path })));
  };

  const visit = (keys: Keys, from: Json | undefined, now: Json | undefined, unknown: Json | undefined): void => {
    const path = keys.filter((key) => typeof key === "string").join(".");
    const attribute = Object.hasOwn(type.attributes, path) ? type.attributes[path] : undefined;
    const to: Value = hasTrue(unknown) ? UNKNOWN : now;
    const expression = expressionAt(expressions, keys);
    // What is not configured, AWS fills in once it is made; what is taken over has it already.
    const isMade = (isNew && change.importing === undefined) || change.action === "replace";
    const isFilledIn =
      to === UNKNOWN && isMade && unknown === true && expressions !== undefined && expression === undefined;
    if (isFilledIn && !(isNew && attribute?.required === true)) return;
    if (!isNew && isSaid(from, to)) {
      seen.add(path);
      return;
    }
    if (attribute) {
      judged(attribute, path, isNew ? undefined : from, to, templateOf(expression));
      return;
    }
    const inner = innerKeys(from, now, unknown);
    if (inner) {
      for (const key of inner)
        visit([...keys, key], child(from, key), child(now, key), unknown === true || child(unknown, key));
      return;
    }
    if (isUnset(from) && isUnset(to)) return;
    if (isNew && isUnset(to)) return;
    results.push({ ...found("not-described", undescribed(path)), path });
  };

  const before = isNew ? undefined : change.before;
  for (const key of innerKeys(before ?? {}, change.after ?? {}, change.afterUnknown) ?? []) {
    visit([key], child(before ?? undefined, key), child(change.after, key), child(change.afterUnknown, key));
  }
  if (!isNew) return results;
  // What something new has to have, and does not say.
  for (const [path, attribute] of Object.entries(type.attributes)) {
    if (attribute.required && !seen.has(path)) judged(attribute, path, undefined, undefined, undefined);
  }
  return results;
}

/** "Not set" can be written in several ways. */
function isSaid(from: Value, to: Value): boolean {
  if (to === UNKNOWN || from === UNKNOWN) return false;
  return isSame(from, to) || (isUnset(from) && isUnset(to));
}

/** The keys of two objects, or of two lists of objects; nothing for what is judged as a whole. */
function innerKeys(
  from: Json | undefined,
  to: Json | undefined,
  unknown: Json | undefined,
): Array<string | number> | undefined {
  const there = [from, to, unknown].filter(
    (side) => side !== undefined && side !== null && side !== true && side !== false,
  );
  if (there.length === 0) return undefined;
  if (there.every(isObject)) return [...new Set(there.flatMap((side) => Object.keys(side ?? {})))].sort();
  if (!there.every((side) => isList(side) && side.every(isObject))) return undefined;
  return Array.from(
    { length: Math.max(...there.map((side) => (isList(side) ? side.length : 0))) },
    (_, index) => index,
  );
}

function undescribed(path: string): string {
  return `${quoted(path)} is nothing that this project sets: what it does to users is not known here.`;
}
