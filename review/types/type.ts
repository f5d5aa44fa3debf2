import type { Json } from "../json";
import type { Plan, ResourceChange } from "../plan";
import {
  amount,
  currentOf,
  isUnset,
  listed,
  otherAccount,
  quoted,
  regionOf,
  texts,
  UNKNOWN,
  type Value,
  at as valueAt,
} from "../value";

/** Where a value is. */
export interface At {
  readonly change: ResourceChange;
  readonly plan: Plan;
  /** Whether the object is made by this plan, so that there is nothing to compare with. */
  readonly isNew: boolean;
  /** The text of the configuration, with its `${references}`, where the value is not known yet. */
  readonly template: string | undefined;
}

/** A danger in a plan. */
export interface Found {
  /** Says what is wrong in two or three words; part of the JSON output. */
  readonly rule: string;
  /** Says what users, callers or operators would notice. */
  readonly why: string;
  /** False where it fails when it is applied, so that no allowance helps. */
  readonly allowable?: false;
}

/** How an attribute may change, and what it may be in something new. */
export interface Attribute {
  /** *free*: whatever it becomes. *safer*: in one direction. *guarded*: not at all, or as its function says. */
  readonly kind: "free" | "safer" | "guarded";
  /** Says what is wrong in two or three words; nothing of what is free. */
  readonly rule?: string;
  readonly finds: (from: Value, to: Value, at: At) => readonly Found[];
  /** Something new has to have it: it is judged also where it is not set. */
  readonly required?: true;
}

/** One resource type that the stacks make. */
export interface ResourceType {
  readonly type: string;
  /** Where it is deleted or replaced; without it, users and operators notice nothing. */
  readonly lost?: (at: At) => readonly Found[];
  /** Whether it only sets something of another resource, and holds nothing itself. */
  readonly isSetting?: true;
  /** Where it stays in the account, and the state forgets it. */
  readonly forgotten?: Found;
  /** By path; what is not here is guarded. */
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export const found = (rule: string, why: string): Found => ({ rule, why });

export const FREE: Attribute = { kind: "free", finds: () => [] };

/** What AWS or the provider fills in, and no configuration decides. */
export const COMPUTED: Attribute = { kind: "free", finds: () => [] };

type Test = (from: Value, to: Value, at: At) => boolean;

/** Fine where the test says so. */
export function when(kind: "safer" | "guarded", rule: string, why: string, isFine: Test): Attribute {
  return { kind, rule, finds: (from, to, at) => (isFine(from, to, at) ? [] : [found(rule, why)]) };
}

/** Something new has to have it. */
export function must(attribute: Attribute): Attribute {
  return { ...attribute, required: true };
}

/** Never changes; in something new it is not set, or one of these values. */
export function fixed(rule: string, why: string, ...starts: readonly Json[]): Attribute {
  const isStart = (to: Value) => isUnset(to) || starts.some((start) => start === to);
  return when("guarded", rule, why, (_, to, { isNew }) => isNew && isStart(to));
}

/** The team's own choice in something new; it never changes. */
export function begins(rule: string, why: string): Attribute {
  return when("guarded", rule, why, (_, __, { isNew }) => isNew);
}

/** Never changes, or only where the whole is replaced, which has a finding of its own; something new may have any. */
export function identity(rule: string, why: string): Attribute {
  return when("guarded", rule, why, (_, __, { isNew, change }) => isNew || change.action === "replace");
}

/** Becomes one of these values only. */
export function only(rule: string, why: string, ...values: readonly Json[]): Attribute {
  const isOne = (value: Value) => values.some((one) => one === value || (isUnset(one) && isUnset(value)));
  return when("safer", rule, why, (_, to) => isOne(to));
}

/** Becomes a later one of these values, or stays; something new has at least the one that is named. Unset is the first. */
export function rising(rule: string, why: string, ranked: readonly Value[], least: Json): Attribute {
  const rank = (value: Value) => (isUnset(value) ? 0 : ranked.indexOf(value));
  return when("safer", rule, why, (from, to, { isNew }) => {
    return rank(to) !== -1 && rank(to) >= (isNew ? rank(least) : rank(from));
  });
}

/** A number that may grow; something new has at least `least`. `read` says how much a value is. */
export function larger(rule: string, why: string, least: number, read = amount): Attribute {
  return when("safer", rule, why, (from, to, { isNew }) => to !== UNKNOWN && read(to) >= (isNew ? least : read(from)));
}

/** A number that may become smaller; something new has at most `most`. */
export function smaller(rule: string, why: string, most: number, read = amount): Attribute {
  return when("safer", rule, why, (from, to, { isNew }) => to !== UNKNOWN && read(to) <= (isNew ? most : read(from)));
}

/** A number in a range. */
export function between(rule: string, why: string, least: number, most: number): Attribute {
  return when("safer", rule, why, (_, to) => to !== UNKNOWN && amount(to) >= least && amount(to) <= most);
}

/** A list that may lose elements, but not gain any; something new has these at most. */
export function subset(rule: string, why: (more: string) => string, ...most: readonly string[]): Attribute {
  return {
    kind: "safer",
    rule,
    finds: (from, to, { isNew }) => {
      const more: Value[] =
        to === UNKNOWN ? [to] : texts(to).filter((text) => !(isNew ? most : texts(from)).includes(text));
      return more.length === 0 ? [] : [found(rule, why(listed(more)))];
    },
  };
}

/** A list that is not given up: without it AWS takes another one, or none. `isRequired` says so of something new as well. */
export function filled(attribute: Attribute, why: string, isRequired = false): Attribute {
  const empty = (value: Value) => value !== UNKNOWN && texts(value).length === 0;
  return {
    ...attribute,
    ...(isRequired && { required: true }),
    finds: (from, to, at) =>
      empty(to) && (at.isNew ? isRequired : !empty(from))
        ? [found(attribute.rule ?? "", why)]
        : attribute.finds(from, to, at),
  };
}

/** A list that may gain elements, but not lose any; something new has these at least. */
export function superset(rule: string, why: (less: string) => string, ...least: readonly string[]): Attribute {
  return {
    kind: "safer",
    rule,
    finds: (from, to, { isNew }) => {
      const less = (isNew ? least : texts(from)).filter((text) => !texts(to).includes(text));
      return less.length === 0 ? [] : [found(rule, why(listed(less)))];
    },
  };
}

/** May be set where it was not; it neither changes nor goes. */
export function onlyAdded(rule: string, why: string): Attribute {
  return when("safer", rule, why, (from, to) => isUnset(from) && to !== UNKNOWN);
}

/** What a configuration says that refers to one of these attributes of a resource of this type. */
export function referenceTo(type: string, ...attributes: readonly string[]): RegExp {
  return new RegExp(`^\\$\\{${type}\\.[\\w-]+\\.(?:${attributes.join("|")})\\}$`);
}

/** Refers to one of these attributes of a resource of this plan, and does not change. */
export function reference(rule: string, why: string, type: string, ...attributes: readonly string[]): Attribute {
  const to = referenceTo(type, ...attributes);
  return when("guarded", rule, why, (_, value, at) => {
    return at.isNew ? to.test(at.template ?? "") && isReferred(value, at) : at.change.action === "replace";
  });
}

/** Whether a value is what the reference in the configuration leads to: what is taken over may say another one. */
function isReferred(value: Value, { template, plan }: At): boolean {
  const [, address = "", type = "", name = ""] = /^\$\{(([\w-]+)\.[\w-]+)\.([\w-]+)\}$/.exec(template ?? "") ?? [];
  const referred = valueAt(currentOf(plan, type).find((one) => one.address === address)?.after, name);
  return typeof value !== "string" || typeof referred !== "string" || value === referred;
}

/** A list that neither loses elements nor gains any; something new has these at most. */
export function kept(
  rule: string,
  more: (more: string) => string,
  less: (less: string) => string,
  ...most: readonly string[]
): Attribute {
  const gains = subset(rule, more, ...most);
  return {
    kind: "guarded",
    rule,
    finds: (from, to, at) => {
      const lost = at.isNew || to === UNKNOWN ? [] : texts(from).filter((text) => !texts(to).includes(text));
      return [...gains.finds(from, to, at), ...(lost.length === 0 ? [] : [found(rule, less(listed(lost)))])];
    },
  };
}

/** A key of the stack's own account: the owner of another one can take its keys away. */
export function ownKey(attribute: Attribute, what: string): Attribute {
  return {
    ...attribute,
    finds: (from, to, at) => {
      const account = from === to && !at.isNew ? undefined : otherAccount(to, at.plan);
      return [
        ...attribute.finds(from, to, at),
        ...(account === undefined
          ? []
          : [
              found(
                attribute.rule ?? "",
                `${what} with a key of the account ${quoted(account)}: its owner can take it away, and read what is encrypted with it.`,
              ),
            ]),
      ];
    },
  };
}

/** What every type with tags has; that a tag says another project or environment is a rule of the whole plan. */
export const TAGS: Readonly<Record<string, Attribute>> = { tags: FREE, tags_all: FREE };

/** In hashicorp/aws 6 every resource says its Region, where 5 said nothing. */
export const COMMON: Readonly<Record<string, Attribute>> = {
  id: COMPUTED,
  timeouts: FREE,
  region: when(
    "guarded",
    "region-changed",
    "It would be made in another Region, where no user of it looks for it.",
    (from, to, { isNew, plan }) => {
      const own = regionOf(plan);
      return (isNew || isUnset(from)) && (isUnset(to) || own === undefined || to === own);
    },
  ),
};
