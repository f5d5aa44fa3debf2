/**
 * A plan without attributes that are null. They are attributes that are not set; but several checks only look whether
 * the attribute is there, and pass a first plan where they fail every later one (CKV_AWS_173).
 */
export function withoutNulls(plan: unknown): unknown {
  const { planned_values, ...rest } = plan as { planned_values: unknown };
  return { ...rest, planned_values: withoutNull(planned_values) };
}

/** Resources of a synthesized stack: type → name → arguments. */
type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

/**
 * A plan with the JSON texts, such as IAM policies, that it leaves out because they name something that is still to be made.
 * They are taken from the synthesized stack, references and all: left out, a policy that allows everything passes every check.
 */
export function withTexts(plan: unknown, synthesized: unknown): unknown {
  const { planned_values, ...rest } = plan as {
    planned_values: { root_module?: { resources?: readonly PlannedResource[] } };
  };
  const { resource: written = {} } = synthesized as { resource?: Resources };
  const resources = planned_values.root_module?.resources ?? [];
  const completed = resources.map((resource) => {
    const texts = Object.entries(written[resource.type]?.[resource.name] ?? {}).filter(
      ([name, value]) => isJsonText(value) && !(name in (resource.values ?? {})),
    );
    return { ...resource, values: { ...resource.values, ...Object.fromEntries(texts) } };
  });
  return {
    ...rest,
    planned_values: { ...planned_values, root_module: { ...planned_values.root_module, resources: completed } },
  };
}

interface PlannedResource {
  readonly type: string;
  readonly name: string;
  /** Left out where nothing is known yet. */
  readonly values?: Readonly<Record<string, unknown>>;
}

function isJsonText(value: unknown): boolean {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    return false;
  }
}

function withoutNull(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== null)
      .map(([key, inner]) => [key, withoutNull(inner)]),
  );
}
