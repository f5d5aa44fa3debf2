import { SettingsError } from "../../settings/problems";
import { Failure } from "../failure";
import type { WrittenSettings } from "./settings-of";

/** Settings without the fields that are refused, and what was refused of them. */
export interface Trimmed {
  readonly settings: WrittenSettings;
  readonly refused: readonly string[];
}

/** What a pool is, and what its users sign in with: no rule is a reason to say it otherwise. */
const ALWAYS_SAID = ["region", "userPoolName", "aliasAttributes", "usernameAttributes", "domainPrefix", "clientName"];

/**
 * Takes the fields away that the rules of settings refuse, one after another: what they said is kept as arguments. Where a field is missing, the one
 * goes that asks for it. Throws a {@link Failure} where that is none of the environment's.
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
      break;
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
      const inside = error.paths.filter(([first, name]) => first === "environments" && name === environment);
      const taken = inside.filter((path) => remove(settings, path.slice(2)));
      const asking = taken.length > 0 ? undefined : askingField(settings, error, load);
      if (taken.length === 0 && asking === undefined) {
        throw new Failure(`What exists cannot be written as settings.\n${error.message}`);
      }
      if (asking !== undefined) delete settings[asking];
      refused.push(...error.problems.map((problem) => (asking ? `${problem} (because of ${asking})` : problem)));
    }
  }
  const { triggers } = all;
  if (settings.triggers === undefined && triggers) putBack(settings, "triggers", triggers, load);
  return { settings, refused };
}

/** Some functions are refused together with others: those that are not refused alone are said all the same. */
function putBack(
  settings: Record<string, unknown>,
  field: string,
  all: object,
  load: (settings: WrittenSettings) => unknown,
): void {
  for (const [name, value] of Object.entries(all)) {
    const more = { ...settings, [field]: { ...(settings[field] as object | undefined), [name]: value } };
    try {
      load(more);
      settings[field] = more[field];
    } catch (error) {
      if (!(error instanceof SettingsError)) throw error;
    }
  }
}

/** The field without which less is refused; undefined where there is none. */
function askingField(
  settings: WrittenSettings,
  { problems }: SettingsError,
  load: (settings: WrittenSettings) => unknown,
): string | undefined {
  const names = Object.keys(settings).filter((name) => !ALWAYS_SAID.includes(name));
  return names.find((name) => {
    const { [name]: _, ...others } = settings;
    try {
      load(others);
      return true;
    } catch (error) {
      return error instanceof SettingsError && error.problems.length < problems.length;
    }
  });
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
