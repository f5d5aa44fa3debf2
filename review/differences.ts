import { hasTrue, isEmpty, isList, isObject, isSame, type Json, parsedText } from "./json";
import { isHidden, keysOf, type Marked, part, shown, sides } from "./marked";
import type { Change, Path } from "./plan";

/** One attribute that changes. */
export interface Difference {
  /** As one would write it: `password_policy.minimum_length`, `schema["email"].mutable`. */
  readonly path: string;
  /** Left out where there was nothing. Secrets are `"(sensitive)"`. */
  readonly before?: Json;
  /** Left out where there will be nothing. What is not known yet is `"(known after apply)"`. */
  readonly after?: Json;
  readonly forcesReplacement: boolean;
}

interface Found {
  readonly path: string;
  /** The same as Terraform numbers it, on either side. */
  readonly raw: Path;
  readonly before: Marked;
  readonly after: Marked;
}

/** Every attribute that a change changes; of something new, what is set. */
export function differences(change: Change & { readonly replacePaths?: readonly Path[] }): Difference[] {
  const [before, after] = sides(change);
  const { replacePaths = [] } = change;
  return compared({ path: "", raw: [], before, after }).flatMap((found) => {
    if (isUnset(found, change.before === null)) return [];
    const [one, other] = shownSides(found);
    return {
      path: found.path,
      ...(found.before.value !== undefined && { before: one }),
      ...((found.after.value !== undefined || hasTrue(found.after.unknown)) && { after: other }),
      forcesReplacement: replacePaths.some((path) => overlaps(path, found.raw)),
    };
  });
}

/** What is a secret on one side may well be the same one on the other, where it is not marked. */
function shownSides({ before, after }: Found): readonly [Json, Json] {
  const sensitive = hasTrue(before.sensitive) || hasTrue(after.sensitive);
  return [shown({ ...before, sensitive }), shown({ ...after, sensitive })];
}

/** A path that no difference shows, as one would write it. */
export function writtenPath(path: Path): string {
  return path.reduce<string>((text, segment) => {
    if (typeof segment === "string") return field(text, segment);
    return segment === 0 ? text : element(text, segment);
  }, "");
}

/** What is not set on either side, in two ways; and of something new, what AWS fills in. */
function isUnset({ raw, before, after }: Found, isNew: boolean): boolean {
  if (after.unknown === true) return isNew && raw.length === 1;
  return isEmpty(before.value) && isEmpty(after.value) && !hasTrue(after.unknown);
}

function compared(found: Found): Found[] {
  const { before, after } = found;
  if (isSame(before.value, after.value) && !hasTrue(after.unknown)) return [];
  if (after.unknown === true || isHidden(before) || isHidden(after)) return [found];
  const [one, other] = [parsedText(before.value), parsedText(after.value)];
  if (one !== undefined && other !== undefined) {
    return compared({ ...found, before: { value: one }, after: { value: other } });
  }
  return parts(found)?.flatMap(compared) ?? [found];
}

/** The parts of two objects, or of two lists of objects; nothing for what is compared as a whole. */
function parts(found: Found): Found[] | undefined {
  const both = [found.before, found.after];
  const there = both.filter(({ value }) => value !== undefined && value !== null);
  if (there.every(({ value }) => isObject(value))) {
    return [...new Set(both.flatMap(keysOf))].sort().map((key) => within(found, key, key, field(found.path, key)));
  }
  if (!there.every(({ value }) => isList(value) && value.every(isObject))) return undefined;
  const [before, after] = both.map(({ value }) => (isList(value) ? value : [])) as [Json[], Json[]];
  const name = nameOfElements(before, after);
  if (name !== undefined) return byName(found, name, before, after);
  const length = Math.max(before.length, after.length);
  return Array.from({ length }, (_, index) =>
    within(found, index, index, length === 1 ? found.path : element(found.path, index)),
  );
}

function byName(found: Found, name: string, before: readonly Json[], after: readonly Json[]): Found[] {
  const names = (elements: readonly Json[]) => elements.map((element) => (isObject(element) ? element[name] : null));
  const [old, now] = [names(before), names(after)];
  return [...new Set([...old, ...now])].map((value) =>
    within(found, old.indexOf(value ?? null), now.indexOf(value ?? null), element(found.path, String(value))),
  );
}

function within({ raw, before, after }: Found, old: string | number, now: string | number, path: string): Found {
  return { path, raw: [...raw, now === -1 ? old : now], before: part(before, old), after: part(after, now) };
}

/** The field by which elements of a list are told apart, wherever they are in it: most of AWS's lists have no order. */
function nameOfElements(before: readonly Json[], after: readonly Json[]): string | undefined {
  if (before.length <= 1 && after.length <= 1) return undefined;
  return ["name", "sid", "Sid", "id", "key", "statement_id"].find((name) =>
    [before, after].every((elements) => {
      const names = elements.map((element) => (isObject(element) ? element[name] : undefined));
      return names.every((text) => typeof text === "string" && text !== "") && new Set(names).size === names.length;
    }),
  );
}

/** A field of an object, as HCL writes it. */
function field(path: string, name: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(name)) return element(path, name);
  return path === "" ? name : `${path}.${name}`;
}

/** An element of a list, by its number or by its name. */
function element(path: string, key: string | number): string {
  return `${path}[${JSON.stringify(key)}]`;
}

/** Whether one path leads to the other. Paths into sets end at the set. */
function overlaps(one: Path, other: Path): boolean {
  const length = Math.min(one.length, other.length);
  return length > 0 && one.slice(0, length).every((segment, index) => segment === other[index]);
}
