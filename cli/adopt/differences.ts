import { pathOf } from "../../settings/adopted";
import { absenceOf, DEFAULTS, UNREAD } from "./arguments";
import type { Existing, Json } from "./existing";

/** Arguments, as adopted.keep of an environment has them: null for one that the resource does not have. */
export type Kept = Readonly<Record<string, Json>>;

/** Blocks and maps whose parts are kept one by one: another part is this project's, a reference, or a secret. */
const BY_PART: readonly string[] = ["lambda_config", "provider_details", "attribute_mapping"];

/**
 * What a configuration would change of a resource that exists, as the arguments that keep it as it is.
 *
 * @param configured the resource in the synthesized JSON
 */
export function differences({ type, values }: Existing, configured: Readonly<Record<string, unknown>>): Kept {
  const names = new Set([...Object.keys(values), ...Object.keys(configured)]);
  const kept = [...names].flatMap((argument) => {
    const absence = absenceOf(type, argument);
    if (absence === undefined) return [];
    const [exists, wanted = DEFAULTS[argument]] = [values[argument], configured[argument]];
    if (BY_PART.includes(argument)) return parts(argument, exists, wanted);
    if (isSame(exists, wanted)) return [];
    if (wanted === undefined && absence === "left") return [];
    return [[argument, exists ?? null] as const];
  });
  const unread = (UNREAD[type] ?? []).map((argument) => [argument, null] as const);
  return Object.fromEntries([...kept, ...unread]);
}

function parts(argument: string, exists: unknown, wanted: unknown): Array<readonly [string, Json]> {
  const [is, will] = [fieldsOf(exists), fieldsOf(wanted)];
  return [...new Set([...Object.keys(is), ...Object.keys(will)])].flatMap((name) => {
    if (isReference(will[name]) || isSame(is[name], will[name])) return [];
    return [[pathOf(argument, name), (is[name] ?? null) as Json] as const];
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return ((Array.isArray(value) ? value[0] : value) ?? {}) as Readonly<Record<string, unknown>>;
}

/** Whether Terraform finds out what it is: a function that this project makes, or a secret that is stored elsewhere. */
function isReference(value: unknown): boolean {
  return value !== undefined && JSON.stringify(value).includes("${");
}

/** Whether two values are the same to the provider: sets have no order, one block is a list of one, what is false is what is left out. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(asBlock(normal(one))) === JSON.stringify(asBlock(normal(other)));
}

function normal(value: unknown): unknown {
  if (value === null || value === undefined || value === "" || value === false) return undefined;
  if (Array.isArray(value)) {
    const items = value.map(normal).filter((item) => item !== undefined);
    return items.length === 0 ? undefined : items.map((item) => JSON.stringify(item)).sort();
  }
  if (typeof value === "object") {
    const entries = Object.entries(value).map(([name, inner]) => [name, asBlock(normal(inner))] as const);
    const known = entries.filter(([, inner]) => inner !== undefined);
    return Object.fromEntries(known.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
  return String(value);
}

/** A block within a block: an object where cdktf writes it, a list of one where the provider reads it. */
function asBlock(value: unknown): unknown {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? [JSON.stringify(value)] : value;
}
