import { type Problem, problemsOf, within } from "../modules/setting/problems";
import { completeEnvironment, type Project, STATE_STACK } from "./environment";
import { SettingsError } from "./problems";
import { conflicts } from "./rules";
import { projectSchema } from "./schema";

export type { Environment, Project, StateBucketSettings } from "./environment";

/** Validates what environments.ts exports and fills in the defaults. Throws {@link SettingsError}. */
export function loadProject(input: unknown): Project {
  const lost = prototypes(input);
  if (lost.length > 0) throw new SettingsError(lost);
  const { data: settings, error } = projectSchema.safeParse(input);
  if (error) throw new SettingsError(problemsOf(error, input));

  const { project: name, region, tags = {}, state } = settings;
  const shared = {
    stack: STATE_STACK,
    bucket: state?.bucket ?? `${name}-terraform-state`,
    region: state?.region ?? region,
    ...(state?.kmsKeyArn && { kmsKeyArn: state.kmsKeyArn }),
  };
  const environments = Object.entries(settings.environments).map(([key, written]) =>
    completeEnvironment(settings, shared, key, written),
  );
  const own = environments.map(({ state }) => state).filter(({ stack }) => stack !== STATE_STACK);
  const project: Project = { name, region, tags, environments, stateBuckets: [shared, ...own] };

  const problems = conflicts(project, settings);
  if (problems.length > 0) throw new SettingsError(problems);
  return project;
}

/** Names that are no names in JavaScript: what has one would be lost on the way. `above` is what the input is in, which may be itself. */
function prototypes(input: unknown, above: readonly unknown[] = []): Problem[] {
  if (typeof input !== "object" || input === null || above.includes(input)) return [];
  return Object.entries(input).flatMap(([name, value]) =>
    name === "__proto__"
      ? [{ path: [name], value, allowed: "another name" }]
      : within([Array.isArray(input) ? Number(name) : name], prototypes(value, [...above, input])),
  );
}
