import fc from "fast-check";
import { SettingsError } from "../../../settings/problems";
import { loadProject } from "../../../settings/project";
import { environmentSettings, type ProjectSettings, projectSettings } from "../../../settings/schema";
import { FULL, NEED_NEWER_PROVIDER } from "../examples";
import { objects, type Schema } from "./values";

/** Name of the environment that is drawn. */
export const ENVIRONMENT = "dev";

/** Settings that were drawn, and what became of them. */
export interface Drawn {
  readonly written: unknown;
  /** The problems, until every field was taken away that one of them names. */
  readonly refusals: readonly string[];
  /** What is left then; undefined where a problem is that the project lacks something. */
  readonly admitted: ProjectSettings | undefined;
}

/** The same settings for the same seed. */
export function draw(seed: number, count: number): Drawn[] {
  return fc.sample(projects(), { seed, numRuns: count }).map(admit);
}

const NEWER: readonly string[] = NEED_NEWER_PROVIDER;

/** Half of the environments have much of the example `full`, so that what depends on other settings comes up. */
function projects(): fc.Arbitrary<unknown> {
  // A function cannot be drawn, and may do anything.
  const { customize, ...drawn } = environmentSettings;
  const { project, region, tags, state } = projectSettings;
  return fc
    .record({
      required: objects({ project: project.schema, region: region.schema }),
      optional: objects(leftOut({ tags, state }), 4),
      environment: objects(leftOut(drawn), 4),
      kept: fc.oneof(fc.constant([]), fc.subarray(Object.entries(FULL), { minLength: 15 })),
      // What needs a newer provider cannot be validated here, and is drawn less often.
      older: fc.integer({ min: 0, max: 9 }).map((one) => one > 0),
    })
    .map(({ required, optional, environment, kept, older }) => {
      const fields = [...kept, ...Object.entries(environment)];
      // Beside a pool that is managed elsewhere hardly any of the example's settings stay.
      const left = [...(older ? NEWER : []), ...(kept.length > 0 ? ["existingPool"] : [])];
      const drawn = fields.filter(([name]) => !left.includes(name));
      return { ...required, ...optional, environments: { [ENVIRONMENT]: Object.fromEntries(drawn) } };
    });
}

function leftOut(settings: Readonly<Record<string, { readonly schema: { optional(): Schema } }>>) {
  return Object.fromEntries(Object.entries(settings).map(([name, { schema }]) => [name, schema.optional()]));
}

function admit(written: unknown): Drawn {
  const settings = structuredClone(written);
  const refusals: string[] = [];
  for (;;) {
    const problems = problemsOf(settings);
    if (problems.length === 0) return { written, refusals, admitted: settings as ProjectSettings };
    refusals.push(...problems);
    const taken = problems.filter((problem) => takeAway(settings, problem));
    if (taken.length === 0 && !problems.some((problem) => takeAwayCause(settings, problem))) {
      return { written, refusals, admitted: undefined };
    }
  }
}

function problemsOf(settings: unknown): readonly string[] {
  try {
    loadProject(settings);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

const QUOTED = /"(?:[^"\\]|\\.)*"/.source;
/** What every problem begins with: where it is. */
export const PLACE = new RegExp(`^(?:environment (${QUOTED})|project settings), field (${QUOTED}): `);

/** Takes the field away that a problem names; false where it is not there. */
function takeAway(settings: unknown, problem: string): boolean {
  const [, environment, field] = PLACE.exec(problem) ?? [];
  if (field === undefined) throw new Error(`a problem that names no field: ${problem}`);
  const { environments } = settings as ProjectSettings;
  return remove(environment === undefined ? settings : environments[JSON.parse(environment)], JSON.parse(field));
}

/** Takes the setting away that makes something that is not written a problem: what is missing, or a default that it is not allowed beside. */
function takeAwayCause(settings: unknown, problem: string): boolean {
  const environment = (settings as ProjectSettings).environments[ENVIRONMENT] as Record<string, unknown> | undefined;
  for (const [name, value] of Object.entries(environment ?? {})) {
    delete environment?.[name];
    if (!problemsOf(settings).includes(problem)) return true;
    if (environment) environment[name] = value;
  }
  return false;
}

/** Removes the entry at a path such as `clients.web.scopes[0]`, or the deepest that is there; keys may hold anything. */
function remove(holder: unknown, path: string): boolean {
  if (typeof holder !== "object" || holder === null) return false;
  const fields = holder as Record<string, unknown>;
  for (const key of Object.keys(fields)) {
    const written = Array.isArray(holder) ? `[${key}]` : key;
    if (!path.startsWith(written)) continue;
    const rest = path.slice(written.length);
    if (rest !== "" && !/^[.[]/.test(rest)) continue;
    if (rest !== "" && remove(fields[key], rest.replace(/^\./, ""))) return true;
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete fields[key];
    return true;
  }
  return false;
}
