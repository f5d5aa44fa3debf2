import { child, hasTrue, isList, type Json } from "../json";
import type { Plan, ResourceChange } from "../plan";

/** Something that a change must not do, or not unless somebody says so. */
export interface Rule {
  /** Says what is wrong in two or three words; part of the JSON output. */
  readonly id: string;
  /** Resource types that it looks at. */
  readonly types: readonly string[];
  /** Says what the change would do; nothing where it is fine. */
  readonly finds: (change: ResourceChange, plan: Plan) => string | undefined;
}

/** Stands for a value that is only known once the plan is applied: it may turn out to be anything. */
export const UNKNOWN = Symbol("known after apply");
type After = Json | typeof UNKNOWN | undefined;

export function before(change: ResourceChange, ...path: Array<string | number>): Json | undefined {
  return path.reduce<Json | undefined>(child, change.before);
}

export function after(change: ResourceChange, ...path: Array<string | number>): After {
  let unknown: Json | undefined = change.afterUnknown;
  for (const key of path) unknown = unknown === true || child(unknown, key);
  return hasTrue(unknown) ? UNKNOWN : path.reduce<Json | undefined>(child, change.after);
}

/** Whether what there is goes, be it for good, for a new one, or what an earlier replacement has left behind. */
export function isLost({ action }: ResourceChange): boolean {
  return action === "delete" || action === "replace";
}

/** Whether there was something and there will be something. */
export function isChanged({ action }: ResourceChange): boolean {
  return action === "update" || action === "replace";
}

/** Whether a value was the safe one and will, or may, be another. */
export function gives(up: Json, change: ResourceChange, ...path: Array<string | number>): boolean {
  return isChanged(change) && before(change, ...path) === up && after(change, ...path) !== up;
}

/** Which texts a list loses, or may lose. */
export function dropped(change: ResourceChange, ...path: Array<string | number>): string[] {
  if (!isChanged(change)) return [];
  const left = after(change, ...path);
  return texts(before(change, ...path)).filter((text) => !texts(left).includes(text));
}

function texts(value: After): string[] {
  return typeof value === "object" && isList(value) ? value.filter((element) => typeof element === "string") : [];
}
