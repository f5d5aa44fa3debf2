import { child, isEmpty, isList, isObject, type Json, parsedText } from "./json";
import type { Change } from "./plan";
import { isSecretName, SENSITIVE, withoutUrlPasswords } from "./secrets";

/** Stands for a value that is only known once the plan is applied. */
export const UNKNOWN = "(known after apply)";

/** A value with Terraform's marks for it, and whether one of the names that lead to it is that of a secret. */
export interface Marked {
  readonly value: Json | undefined;
  readonly unknown?: Json | undefined;
  readonly sensitive?: Json | undefined;
  readonly secret?: boolean;
}

export function sides(change: Change): readonly [before: Marked, after: Marked] {
  return [
    { value: change.before ?? undefined, sensitive: change.beforeSensitive },
    { value: change.after ?? undefined, unknown: change.afterUnknown, sensitive: change.afterSensitive },
  ];
}

/** One part of a marked value. */
export function part({ value, unknown, sensitive, secret = false }: Marked, key: string | number): Marked {
  return {
    value: child(value, key),
    unknown: unknown === true || child(unknown, key),
    sensitive: sensitive === true || child(sensitive, key),
    secret: secret || (typeof key === "string" && (isSecretName(key) || isSecretPair(value, key))),
  };
}

/** A list of variables says `{ name: "DB_PASSWORD", value: "…" }`. */
function isSecretPair(value: Json | undefined, key: string): boolean {
  if (key.toLowerCase() !== "value") return false;
  return ["name", "Name", "key", "Key"].some((field) => {
    const name = child(value, field);
    return typeof name === "string" && isSecretName(name);
  });
}

/** The fields of an object, also those that are not known yet. */
export function keysOf({ value, unknown }: Marked): string[] {
  return [...new Set([value, unknown].flatMap((side) => (isObject(side) ? Object.keys(side) : [])))].sort();
}

/** Whether a value must not be shown, at all or in part, for the name that it has. */
export function isHidden({ value, sensitive, secret }: Marked): boolean {
  if (value === undefined || value === null) return false;
  return sensitive === true || (secret === true && typeof value !== "boolean" && !isEmpty(value) && !isUnit(value));
}

/** `token_validity_units` says of an `access_token` in which unit its validity is. */
function isUnit(value: Json): boolean {
  return typeof value === "string" && ["seconds", "minutes", "hours", "days"].includes(value);
}

/** What can be shown of a value: secrets and what is unknown are replaced, and JSON in a text is unfolded. */
export function shown(marked: Marked): Json {
  const { value, unknown } = marked;
  if (unknown === true) return UNKNOWN;
  if (isHidden(marked)) return SENSITIVE;
  if (typeof value === "string") {
    const parsed = parsedText(value);
    return parsed === undefined ? withoutUrlPasswords(value) : shown({ value: parsed });
  }
  if (isList(value)) return value.map((_, index) => shown(part(marked, index)));
  if (isObject(value)) return Object.fromEntries(keysOf(marked).map((key) => [key, shown(part(marked, key))]));
  return value ?? null;
}
