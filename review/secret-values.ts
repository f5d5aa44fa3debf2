import { isList, isObject, type Json } from "./json";
import type { Plan } from "./plan";
import { SENSITIVE } from "./secrets";

/** Shorter texts are found everywhere. */
const SHORTEST = 8;

/** The values that Terraform marks as sensitive anywhere in a plan: they must not be shown elsewhere either. */
export class SecretValues {
  private readonly values: readonly string[];

  constructor(plan: Plan) {
    const marked = [
      ...[...plan.resources, ...plan.drift, ...plan.outputs].flatMap((change) => [
        ...secretsIn(change.before, change.beforeSensitive),
        ...secretsIn(change.after, change.afterSensitive),
      ]),
      ...plan.state.flatMap(({ values, sensitive }) => secretsIn(values, sensitive)),
      ...plan.stateOutputs.flatMap(({ value, sensitive }) => secretsIn(value, sensitive)),
    ];
    // The longest first, so that no part of one is left.
    this.values = [...new Set(marked)].sort((one, other) => other.length - one.length);
  }

  /** Whether a text holds one, also written in another way. */
  isIn(text: string): boolean {
    return (
      this.values.length > 0 && [text, ...decoded(text)].some((one) => this.values.some((value) => one.includes(value)))
    );
  }

  /** The same value without the texts that hold one. */
  masked(value: Json): Json {
    if (typeof value === "string") return this.isIn(value) ? SENSITIVE : value;
    if (isList(value)) return value.map((element) => this.masked(element));
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [this.without(key), this.masked(inner)]));
  }

  /** A sentence without them. */
  without(text: string): string {
    const plain = this.values.reduce((rest, value) => rest.replaceAll(value, SENSITIVE), text);
    return this.isIn(plain)
      ? plain.replaceAll(/[A-Za-z\d+/=_%-]{12,}/g, (word) => (this.isIn(word) ? SENSITIVE : word))
      : plain;
  }

  /** The paths of unmarked values that hold one. */
  shownIn(value: Json | undefined, marks: Json | undefined, path: readonly string[] = []): string[] {
    if (marks === true || value === undefined) return [];
    if (typeof value === "string") return this.isIn(value) ? [path.join(".")] : [];
    const inner = (key: string | number) =>
      isList(marks) || isObject(marks) ? (marks as Record<string, Json>)[key] : undefined;
    if (isList(value)) return value.flatMap((element, index) => this.shownIn(element, inner(index), path));
    if (!isObject(value)) return [];
    return Object.entries(value).flatMap(([key, one]) => [
      ...(this.isIn(key) ? [[...path, this.without(key)].join(".")] : []),
      ...this.shownIn(one, inner(key), [...path, this.without(key)]),
    ]);
  }
}

/** What an object publishes beside a mark is no secret: the plain value of a parameter. */
function secretsIn(value: Json, marks: Json): string[] {
  const open = new Set(strings(value, marks, false));
  return strings(value, marks, true).filter((text) => text.length >= SHORTEST && !open.has(text));
}

function strings(value: Json | undefined, marks: Json | undefined, marked: boolean, isMarked = false): string[] {
  const here = isMarked || marks === true;
  if (typeof value === "string") return here === marked ? [value] : [];
  const inner = (key: string | number) =>
    isList(marks) || isObject(marks) ? (marks as Record<string, Json>)[key] : undefined;
  if (isList(value)) return value.flatMap((element, index) => strings(element, inner(index), marked, here));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, one]) => strings(one, inner(key), marked, here));
}

/** What a text may hold in Base64, in hexadecimal digits, in a URL or in JSON. */
function decoded(text: string): string[] {
  const base64 = (text.match(/[A-Za-z\d+/_-]{10,}={0,2}/g) ?? []).map((word) =>
    Buffer.from(word, "base64").toString("latin1"),
  );
  const hex = (text.match(/\b[\da-fA-F]{16,}\b/g) ?? []).map((word) => Buffer.from(word, "hex").toString("latin1"));
  return [...base64, ...hex, ...unescaped(text)];
}

function unescaped(text: string): string[] {
  const inUrl = /%[\da-fA-F]{2}/.test(text)
    ? [text.replaceAll(/%([\da-fA-F]{2})/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16)))]
    : [];
  const inJson = text.includes("\\") ? [text.replaceAll(/\\(.)/g, "$1")] : [];
  return [...inUrl, ...inJson];
}
