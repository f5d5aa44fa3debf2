/** A Terraform state, as far as it is read here. */
export interface State {
  /** The same for all versions of one state. */
  readonly lineage: string;
  /** Counted up with every write. */
  readonly serial: number;
  readonly resources?: ReadonlyArray<{
    readonly mode: string;
    readonly type: string;
    readonly instances?: ReadonlyArray<{ readonly attributes?: Readonly<Record<string, unknown>> | null }>;
  }>;
}

/** The state in a text; undefined for an empty one. */
export function parseState(text: string): State | undefined {
  return text.trim() === "" ? undefined : (JSON.parse(text) as State);
}

/** How many resources a state has, data sources left out. */
export function resourceCount(state: State | undefined): number {
  return managed(state).length;
}

/** Attributes that name something after the project and the environment. */
const NAMES = ["name", "function_name", "alarm_name", "dashboard_name", "bucket"];

/**
 * Which projects the resources of a state belong to. Their tag says so; without any tag, their names. A state of none of
 * whose resources it can be told has no project.
 */
export function projectsOf(state: State | undefined, project: string): string[] {
  const attributes = managed(state).flatMap(({ instances = [] }) => instances.map((each) => each.attributes ?? {}));
  const tagged = attributes
    .map(({ tags_all }) => (tags_all as Record<string, unknown> | null | undefined)?.project)
    .filter((tag) => typeof tag === "string");
  if (tagged.length > 0) return [...new Set(tagged)].sort();
  const named = attributes.some((each) =>
    NAMES.some((name) => typeof each[name] === "string" && isNamedAfter(each[name], project)),
  );
  return named ? [project] : [];
}

/** The other projects that a state has resources of. */
export function foreignProjects(state: State | undefined, project: string): string[] {
  return projectsOf(state, project).filter((name) => name !== project);
}

function isNamedAfter(name: string, project: string): boolean {
  return name.startsWith(`${project}-`) || name.startsWith(`/aws/lambda/${project}-`);
}

function managed(state: State | undefined) {
  return (state?.resources ?? []).filter(({ mode }) => mode === "managed");
}
