import { SettingsError } from "../../settings/problems";
import { Failure } from "../failure";
import type { WrittenSettings } from "./settings-of";

/** Settings without the fields that are refused, and what was refused of them. */
export interface Trimmed {
  readonly settings: WrittenSettings;
  readonly refused: readonly string[];
}

/**
 * Takes the fields away that the rules of settings refuse, one after another: what they said is kept as arguments. Throws a
 * {@link Failure} where something is refused that is in no field of the environment.
 *
 * @param load throws SettingsError where the settings cannot be used
 */
export function trimmed(
  all: WrittenSettings,
  environment: string,
  load: (settings: WrittenSettings) => unknown,
): Trimmed {
  const settings = structuredClone(all) as Record<string, unknown>;
  const refused: string[] = [];
  for (;;) {
    try {
      load(settings);
      return { settings, refused };
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const inside = error.paths.filter(([first, name]) => first === "environments" && name === environment);
      const taken = inside.filter((path) => remove(settings, path.slice(2)));
      if (taken.length === 0) throw new Failure(`What exists cannot be written as settings.\n${error.message}`);
      refused.push(...error.problems);
    }
  }
}

/** Removes the deepest field of a path that is there; false where none is. */
function remove(holder: unknown, [key, ...rest]: readonly PropertyKey[]): boolean {
  if (typeof holder !== "object" || holder === null || key === undefined || !Object.hasOwn(holder, key)) return false;
  const fields = holder as Record<PropertyKey, unknown>;
  if (remove(fields[key], rest)) return true;
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete fields[key];
  return true;
}
