import type { z } from "zod";

/** A field within a setting's value: its place, what is allowed, and what holds where it is left out. */
export type NestedField = readonly [place: string, allowed: string, leftOut: string];

/** What zod keeps of a schema, as far as it is read here. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly innerType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly values?: readonly unknown[];
}

/** The fields within a setting's value that are values themselves; those that are alike are one line. */
export function nestedFields(name: string, schema: z.ZodType): NestedField[] {
  return merged(alike(fieldsOf(schema, name)));
}

/** Fields of three or more objects beside each other, and more than four texts beside each other, that are alike in every way. */
function alike(fields: readonly NestedField[]): NestedField[] {
  const keyOf = ([place, ...rest]: NestedField) => JSON.stringify([withAnyName(place), ...rest]);
  const groups = groupBy(fields, keyOf);
  return fields.map((field) => {
    const [place, ...rest] = field;
    const isLeaf = place.split(".").length === 2;
    const { length } = groups.get(keyOf(field)) ?? [];
    const isOneKind = isLeaf ? length === fields.length && length > 4 : length > 2;
    return isOneKind ? [withAnyName(place), ...rest] : field;
  });
}

function withAnyName(place: string): string {
  return place.replace(/^([^.]+)\.[^.]+/, "$1.<name>");
}

/** What one field may be in several alternatives. */
function merged(fields: readonly NestedField[]): NestedField[] {
  const places = groupBy(fields, ([place, , leftOut]) => `${place} ${leftOut}`);
  return [...places.values()].map((same) => {
    const [[place, , leftOut] = ["", "", ""]] = same;
    return [`\`${place}\``, [...new Set(same.map(([, allowed]) => allowed))].join(" or "), leftOut];
  });
}

/** What can never be right is refused with the list of what is allowed. */
export function allowedOf(schema: z.ZodType): string {
  return schema.safeParse(Symbol()).error?.issues[0]?.message.replaceAll("<", "&lt;") ?? "";
}

function fieldsOf(schema: z.ZodType, place: string): NestedField[] {
  const { type, shape, innerType, element, valueType, options } = schema._zod.def as Definition;
  const { alternatives } = (schema.meta() ?? {}) as { readonly alternatives?: Readonly<Record<string, z.ZodType>> };
  if (alternatives) {
    return Object.entries(alternatives).flatMap(([label, one]) =>
      fieldsOf(one, label === "" ? place : `${place}.${label}`),
    );
  }
  switch (type) {
    case "optional":
      return innerType ? fieldsOf(innerType, place) : [];
    case "array":
      return element ? fieldsOf(element, `${place}[]`) : [];
    case "record":
      return valueType ? fieldsOf(valueType, `${place}.<name>`) : [];
    case "union":
      return (options ?? []).flatMap((option) => fieldsOf(option, place));
    case "object":
      return Object.entries(shape ?? {}).flatMap(([name, field]) => {
        const within = fieldsOf(field, `${place}.${name}`);
        return within.length > 0 ? within : [leaf(field, `${place}.${name}`)];
      });
    default:
      return [];
  }
}

function leaf(schema: z.ZodType, place: string): NestedField {
  const { type, innerType, values } = schema._zod.def as Definition;
  const { leftOut } = (schema.meta() ?? {}) as { readonly leftOut?: string };
  const isOptional = type === "optional";
  const allowed =
    type === "literal"
      ? (values ?? []).map((value) => JSON.stringify(value)).join(", ")
      : allowedOf((isOptional && innerType) || schema);
  return [place, allowed, isOptional ? (leftOut ?? "may be left out") : "must be given"];
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}
