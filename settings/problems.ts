import type { z } from "zod";

/** Settings that cannot work. The message lists every problem: where, the refused value, what is allowed. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? "1 setting" : `${problems.length} settings`;
    super([`environments.ts: ${count} cannot be used.`, ...problems.map((problem) => `  - ${problem}`)].join("\n"));
  }
}

/** One problem as a line of text. `path` is that of the field in environments.ts. */
export function problem(path: readonly PropertyKey[], value: unknown, allowed: string): string {
  const [first, environment, ...rest] = path;
  const where =
    first === "environments" && environment !== undefined
      ? [`environment ${JSON.stringify(environment)}`, rest.length > 0 && `field ${JSON.stringify(dotted(rest))}`]
      : [`project settings`, path.length > 0 && `field ${JSON.stringify(dotted(path))}`];
  const refused = value === undefined ? "it is missing" : `${shown(value)} is not allowed`;
  return `${where.filter(Boolean).join(", ")}: ${refused}; allowed: ${allowed}`;
}

/** Every issue of a failed parse as a line of text. */
export function problemsOf(error: z.ZodError, input: unknown): string[] {
  return problemLines(error.issues, input);
}

function problemLines(issues: readonly z.core.$ZodIssue[], input: unknown): string[] {
  return issues.flatMap((issue) => {
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) =>
          problem([...issue.path, key], valueAt(input, [...issue.path, key]), issue.message),
        );
      case "invalid_key": {
        const [reason] = issue.issues;
        return [problem(issue.path, issue.path.at(-1), reason?.message ?? issue.message)];
      }
      case "invalid_union": {
        // What was written is meant to be the alternative that goes deepest into it.
        const inner = issue.errors.flat().filter(({ path, code }) => path.length > 0 || code !== "invalid_type");
        const deep = inner.filter(({ code }) => code !== "invalid_value");
        if (deep.length === 0) return [problem(issue.path, valueAt(input, issue.path), issue.message)];
        return problemLines(
          deep.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] })),
          input,
        );
      }
      default:
        return [problem(issue.path, valueAt(input, issue.path), issue.message)];
    }
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
