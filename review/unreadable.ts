import { isList, isObject, type Json, type JsonObject } from "./json";

/** What was given is no plan, or one that this version cannot judge. */
export class UnreadablePlan extends Error {
  override readonly name = "UnreadablePlan";
}

/** The elements of a list that may be left out; what is something else must not count as empty. */
export function listOf(value: Json | undefined, what: string): readonly Json[] {
  if (value === undefined || value === null) return [];
  if (isList(value)) return value;
  throw new UnreadablePlan(`${what} is no list.`);
}

/** The same of an object. */
export function fieldsOf(value: Json | undefined, what: string): JsonObject {
  if (value === undefined || value === null) return {};
  if (isObject(value)) return value;
  throw new UnreadablePlan(`${what} is no JSON object.`);
}
