import { complete, defined, type Project, STATE_STACK } from "./environment";
import { problemsOf, SettingsError } from "./problems";
import { conflicts } from "./rules";
import { projectSchema } from "./schema";

export type { Environment, Project, StateBucketSettings } from "./environment";

/** Validates what environments.ts exports and fills in the defaults. Throws {@link SettingsError}. */
export function loadProject(input: unknown): Project {
  const parsed = projectSchema.safeParse(input);
  if (!parsed.success) throw new SettingsError(problemsOf(parsed.error, input));

  const { project: name, region, tags = {} } = parsed.data;
  const shared = {
    stack: STATE_STACK,
    bucket: `${name}-terraform-state`,
    region,
    ...defined(parsed.data.state),
  };
  const environments = Object.entries(parsed.data.environments).map(([key, settings]) =>
    complete(parsed.data, shared, key, settings),
  );
  const own = environments.map(({ state }) => state).filter(({ stack }) => stack !== STATE_STACK);
  const project: Project = { name, region, tags, environments, stateBuckets: [shared, ...own] };

  const problems = conflicts(project, parsed.data);
  if (problems.length > 0) throw new SettingsError(problems);
  return project;
}
