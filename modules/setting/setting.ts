import type { z } from "zod";
import { fields } from "./kinds";

/**
 * A setting of a module: which values it may have, what it is, and what holds where it is left out. The props of the construct, the fields of
 * environments.ts, the README's table and docs/settings.md are made of it.
 */
export interface Setting<Schema extends z.ZodType = z.ZodType, Left extends LeftOut = LeftOut> {
  /** Its error text says what is allowed. */
  readonly schema: Schema;
  /** What it is, in one line of Markdown. */
  readonly doc: string;
  readonly leftOut: Left;
  /** The page of AWS's documentation that the allowed values come from. */
  readonly source?: string | undefined;
}

/** What holds where a setting is left out: a value, nothing, a value that an environment derives from others; or it must not be left out. */
export type LeftOut = Value<unknown> | Nothing | Derived | Required;

export interface Value<T> {
  readonly kind: "value";
  readonly value: T;
  /** The value in an environment that is not for production. @default `value` */
  readonly outsideProduction?: T | undefined;
}

export interface Nothing {
  readonly kind: "nothing";
  readonly means: string;
}

export interface Derived {
  readonly kind: "derived";
  readonly from: string;
}

export interface Required {
  readonly kind: "required";
}

export type Settings = Readonly<Record<string, Setting>>;

interface Described {
  readonly doc: string;
  readonly source?: string;
}

/** A setting with a default. */
export function setting<Schema extends z.ZodType>(
  schema: Schema,
  described: Described & { readonly default: z.output<Schema>; readonly outsideProduction?: z.output<Schema> },
): Setting<Schema, Value<z.output<Schema>>> {
  const { doc, source, default: value, outsideProduction } = described;
  return { schema, doc, source, leftOut: { kind: "value", value, outsideProduction } };
}

/** A setting without a default, because leaving it out means something: `none` says what. */
export function optional<Schema extends z.ZodType>(
  schema: Schema,
  { doc, source, none }: Described & { readonly none: string },
): Setting<Schema, Nothing> {
  return { schema, doc, source, leftOut: { kind: "nothing", means: none } };
}

/** A setting that a construct requires, and that an environment derives from others: `from` says how. */
export function derived<Schema extends z.ZodType>(
  schema: Schema,
  { doc, source, from }: Described & { readonly from: string },
): Setting<Schema, Derived> {
  return { schema, doc, source, leftOut: { kind: "derived", from } };
}

/** A setting that must not be left out. */
export function required<Schema extends z.ZodType>(
  schema: Schema,
  { doc, source }: Described,
): Setting<Schema, Required> {
  return { schema, doc, source, leftOut: { kind: "required" } };
}

type KeysOf<All extends Settings, Left extends LeftOut> = {
  [Name in keyof All]: All[Name]["leftOut"] extends Left ? Name : never;
}[keyof All];
type Simplified<T> = { readonly [Key in keyof T]: T[Key] };

type With<All extends Settings, Needed extends keyof All> = Simplified<
  { readonly [Name in Exclude<keyof All, Needed>]?: z.output<All[Name]["schema"]> | undefined } & {
    readonly [Name in Needed]: z.output<All[Name]["schema"]>;
  }
>;

/** What environments.ts may say of these settings. */
export type Written<All extends Settings> = With<All, KeysOf<All, Required>>;

/** The props of a construct that has these settings: what is derived in an environment is required here. */
export type Props<All extends Settings> = With<All, KeysOf<All, Derived | Required>>;

/** These settings with their defaults. */
export type Complete<All extends Settings> = With<All, Exclude<keyof All, KeysOf<All, Nothing>>>;

/** The schema of an object that has these settings as its fields. */
export function schemaOf<All extends Settings>(settings: All, allowed: string): z.ZodType<Written<All>> {
  const shape = Object.fromEntries(
    Object.entries(settings).map(([name, { schema, leftOut }]) => [
      name,
      leftOut.kind === "required" ? schema : schema.optional(),
    ]),
  );
  return fields(shape, allowed) as unknown as z.ZodType<Written<All>>;
}

/**
 * The values of these settings, and of nothing else that `given` holds, with their defaults. A field that is present but undefined counts as left
 * out. What is derived has to be given.
 */
export function complete<All extends Settings>(
  settings: All,
  given: object,
  { production = true } = {},
): Complete<All> {
  const values = Object.entries(settings).flatMap(([name, { leftOut }]) => {
    const value = (given as Record<string, unknown>)[name] ?? defaultOf(leftOut, production);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(values) as Complete<All>;
}

function defaultOf(leftOut: LeftOut, production: boolean): unknown {
  if (leftOut.kind !== "value") return undefined;
  return production ? leftOut.value : (leftOut.outsideProduction ?? leftOut.value);
}

/** An object without its fields that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
