import fc from "fast-check";
import type { z } from "zod";
import { HINTS } from "./hints";
import { known } from "./known";

/** What zod keeps of a schema: its kind, and what that kind is made of. */
interface Definition {
  readonly type: string;
  readonly checks?: ReadonlyArray<{ readonly _zod: { readonly def: Check } }>;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly values?: readonly unknown[];
  readonly entries?: Readonly<Record<string, unknown>>;
}

interface Check {
  readonly check: string;
  readonly pattern?: RegExp;
  readonly value?: number;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A schema of zod, as far as it is read here. */
export type Schema = { readonly _zod: { readonly def: unknown } };

/** What can be drawn below this is left out: a record in a record has two entries, not fifty. */
const MOST_ENTRIES = 3;

/**
 * Values of a schema, as its kind and its checks describe them, each with a small chance to be something else. What only a `refine` knows comes
 * from hints.ts, or is the example of the schema's own error text ("such as …"), which has to be allowed. `name` is the name of the field.
 */
export function valuesOf(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const right = HINTS[name] ?? rightValues(schema, name);
  return fc.oneof({ weight: 150, arbitrary: orKnown(right, name) }, { weight: 1, arbitrary: WRONG });
}

function orKnown(values: fc.Arbitrary<unknown>, name: string): fc.Arbitrary<unknown> {
  const written = known(name);
  return written.length > 0 ? fc.oneof(values, fc.constantFrom(...written)) : values;
}

/** What no setting means, or only some do. */
const WRONG = fc.constantFrom<unknown>(
  ...["", " ", "\n", "x".repeat(3000), "ａ\u200bé", "${path.module}", "%{ if true }", "__proto__", '"', "\\", "null"],
  ...[null, 0, -1, 0.5, 2 ** 53, Number.NaN, true, [], {}, [null], { unknown: 1 }],
);

function rightValues(schema: Schema, name: string): fc.Arbitrary<unknown> {
  const { type, ...def } = schema._zod.def as Definition;
  const checks = (def.checks ?? []).map(({ _zod }) => _zod.def);
  switch (type) {
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...Object.values(def.entries ?? {}));
    case "literal":
      return fc.constantFrom(...(def.values ?? []));
    case "number":
      return fc.integer({ min: bound(checks, "greater_than", "value"), max: bound(checks, "less_than", "value") });
    case "string":
      return texts(schema, checks);
    case "optional":
      return rightValues(inner(def.innerType), name);
    case "union":
      return fc.oneof(...(def.options ?? []).map((option) => rightValues(option, name)));
    case "array":
      return fc.uniqueArray(valuesOf(inner(def.element), name), { minLength: least(checks), maxLength: 6 });
    case "record":
      return fc.dictionary(keys(inner(def.keyType), name), valuesOf(inner(def.valueType), name), {
        maxKeys: MOST_ENTRIES,
        noNullPrototype: true,
      });
    case "lazy":
      // Any JSON.
      return fc.jsonValue({ maxDepth: 1 });
    case "object":
      return objects(def.shape ?? {});
    default:
      // What only code tells apart is as the examples write it, or lacks a part.
      return parts(name);
  }
}

function parts(name: string): fc.Arbitrary<unknown> {
  const written = known(name);
  if (written.length === 0)
    throw new Error(`no value of ${name} can be drawn: write one in an example, or in hints.ts`);
  return fc
    .constantFrom(...written)
    .chain((value) =>
      typeof value === "object" && value !== null && !Array.isArray(value)
        ? fc.subarray(Object.entries(value)).map(Object.fromEntries)
        : fc.constant(value),
    );
}

/** Objects with these fields: those that may be left out are left out half of the time. */
export function objects(shape: Readonly<Record<string, Schema>>, chance = 2): fc.Arbitrary<object> {
  const fields = Object.entries(shape).map(([name, schema]) => {
    const value = valuesOf(schema, name).map((one) => [[name, one]] as const);
    const mayLack = (schema._zod.def as Definition).type === "optional";
    return mayLack
      ? fc.oneof({ weight: 1, arbitrary: value }, { weight: chance - 1, arbitrary: fc.constant([]) })
      : value;
  });
  return fc.tuple(...fields).map((all) => Object.fromEntries(all.flat()) as object);
}

function keys(schema: Schema, name: string): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 50, arbitrary: orKnown(HINTS[`${name}{}`] ?? rightValues(schema, name), `${name}{}`) },
    { weight: 1, arbitrary: WRONG },
  ) as fc.Arbitrary<string>;
}

/** Texts that match the first pattern of a schema, or the example that its error text gives. */
function texts(schema: Schema, checks: readonly Check[]): fc.Arbitrary<string> {
  const example = exampleOf(schema as z.ZodType);
  const pattern = checks.find((check) => check.pattern)?.pattern;
  const examples = example === undefined ? [] : [fc.constant(example)];
  const matching = pattern ? [fc.stringMatching(drawable(pattern))] : [];
  const all = [...examples, ...examples, ...matching];
  return all.length > 0 ? fc.oneof(...all) : fc.string({ unit: "grapheme" });
}

/** "such as arn:aws:…" at the end of an error text, or before its next sentence. */
function exampleOf(schema: z.ZodType): string | undefined {
  const { error } = schema.safeParse(Symbol());
  return /such as ([^\s,;]+?)(?:[,;.]?$|[,;.]? )/.exec(error?.issues[0]?.message ?? "")?.[1]?.replace("…", "");
}

/** Some characters of each class of Unicode: all of them take fast-check seconds for each pattern. */
const CLASSES: Readonly<Record<string, string>> = {
  L: "a-zA-Zäßéж漢𝒳",
  M: "\\u0301\\u0903",
  N: "0-9٣²",
  P: "._!\\-–。",
  S: "+$€😀",
  Z: " \\u00a0",
  Zl: "\\u2028",
  Zp: "\\u2029",
  C: "\\u0000-\\u001f\\u200b",
};

/** A pattern that fast-check can draw from: it knows no looking ahead, and no ignoring of letter case. What does not match after all is refused. */
function drawable({ source, flags }: RegExp): RegExp {
  let plain = source;
  for (let start = plain.search(LOOKAROUND); start !== -1; start = plain.search(LOOKAROUND)) {
    plain = plain.slice(0, start) + plain.slice(endOfGroup(plain, start));
  }
  const classes = plain.replaceAll(/\\p\{(\w+)\}/g, (_, name: string) => CLASSES[name] ?? "");
  return new RegExp(classes, flags.replace("i", ""));
}

const LOOKAROUND = /(?<!\\)\(\?<?[=!]/;

/** Where the group ends that begins at `start`. */
function endOfGroup(source: string, start: number): number {
  let depth = 0;
  for (const { 0: one, index } of source.slice(start).matchAll(/\\.|\[(?:[^\]\\]|\\.)*\]|[()]/g)) {
    if (one === "(") depth++;
    if (one === ")" && --depth === 0) return start + index + 1;
  }
  throw new Error(`a group without an end in ${source}`);
}

function least(checks: readonly Check[]): number {
  return checks.find(({ check }) => check === "min_length")?.minimum ?? 0;
}

function bound(checks: readonly Check[], name: string, field: "value"): number {
  const fallback = name === "less_than" ? Number.MAX_SAFE_INTEGER : Number.MIN_SAFE_INTEGER;
  return checks.find(({ check }) => check === name)?.[field] ?? fallback;
}

function inner(schema: Schema | undefined): Schema {
  if (!schema) throw new Error("a schema without what it is made of");
  return schema;
}
