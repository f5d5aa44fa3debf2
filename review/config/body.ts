/** The members of a JSON object. */
export type Body = Readonly<Record<string, unknown>>;

export function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(body(value));
}

export function body(value: unknown): Body {
  return typeof value === "object" && value !== null ? (value as Body) : {};
}
