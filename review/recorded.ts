import { isList, isObject, type Json, type JsonObject } from "./json";

/*
 * What a Terraform state says of each resource, as it was written: with the attributes that the provider had then, not with
 * those that it has now. "State file format 4" is Terraform's own, and changes with its major version only.
 */

/** Address → attributes. */
export type Recorded = ReadonlyMap<string, Json>;

/** The attributes of every managed resource in the JSON of `terraform state pull`. */
export function recordedAttributes(state: unknown): Recorded {
  const resources = isObject(state as Json) ? (state as JsonObject).resources : undefined;
  const entries = list(resources).flatMap((resource) => {
    if (!isObject(resource) || resource.mode !== "managed") return [];
    const { module, type, name, instances } = resource;
    const address = [module, type, name].filter((part) => typeof part === "string").join(".");
    return list(instances).flatMap((instance): Array<[string, Json]> => {
      if (!isObject(instance) || instance.deposed !== undefined) return [];
      const key = instance.index_key === undefined ? "" : `[${JSON.stringify(instance.index_key)}]`;
      return [[`${address}${key}`, instance.attributes ?? null]];
    });
  });
  return new Map(entries);
}

/**
 * A resource's attributes without those that the provider did not have when the state was written: their values say what
 * the provider has learned to read, not what has changed. Their paths go into `added`.
 */
export function withoutAdded(values: Json, recorded: Json, added: Set<string>, path = ""): Json {
  if (!isObject(values) || !isObject(recorded)) return values;
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const inner = path === "" ? name : `${path}.${name}`;
      if (Object.hasOwn(recorded, name)) return [[name, blocks(value, recorded[name], added, inner)]];
      added.add(inner);
      return [];
    }),
  );
}

/** Blocks are lists of objects. An object by itself is a map, such as tags, whose keys are values. */
function blocks(value: Json, recorded: Json | undefined, added: Set<string>, path: string): Json {
  const known = list(recorded).filter(isObject);
  if (!isList(value) || known.length === 0) return value;
  const attributes = Object.assign({}, ...known) as JsonObject;
  return value.map((element) => withoutAdded(element, attributes, added, path));
}

function list(value: Json | undefined): readonly Json[] {
  return isList(value) ? value : [];
}
