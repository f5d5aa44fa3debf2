/**
 * A plan without attributes that are null. They are attributes that nobody has set; but several checks only look whether
 * the attribute is there, and pass a first plan where they fail every later one (CKV_AWS_173).
 */
export function withoutNulls(plan: unknown): unknown {
  const { planned_values, ...rest } = plan as { planned_values: unknown };
  return { ...rest, planned_values: withoutNull(planned_values) };
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
