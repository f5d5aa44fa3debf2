import type { z } from "zod";

/** A value that cannot be used. */
export interface Problem {
  /** Where it is: the names of fields, from the outermost. */
  readonly path: readonly PropertyKey[];
  readonly value: unknown;
  /** What would be allowed. */
  readonly allowed: string;
}

/** Problems of a value that is itself at this path. */
export function within(path: readonly PropertyKey[], problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
}

/** Stands for a value that is not shown. */
const HIDDEN = "(not shown)";

/** The second half of a message: the refused value, and what is allowed. */
export function refusal({ value, allowed }: Problem): string {
  const refused = value === undefined ? "it is missing" : `${shown(value)} is not allowed`;
  return `${refused}; allowed: ${allowed}`;
}

/** A path as it is written in TypeScript: `state.bucket`, `callbackUrls[1]`. */
export function dotted(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? String(key) : `${text}.${String(key)}`),
    "",
  );
}

/** Every issue of a failed parse of `input`. */
export function problemsOf({ issues }: z.ZodError, input: unknown): Problem[] {
  return problemsOfIssues(issues, input);
}

function problemsOfIssues(issues: readonly z.core.$ZodIssue[], input: unknown): Problem[] {
  const problem = (path: readonly PropertyKey[], allowed: string, value = valueAt(input, path)) => ({
    path,
    value,
    allowed,
  });
  return issues.flatMap((issue) => {
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => problem([...issue.path, key], issue.message));
      case "invalid_key":
        return [problem(issue.path, issue.issues[0]?.message ?? issue.message, issue.path.at(-1))];
      case "custom":
        return [problem(issue.path, issue.message, issue.params?.isHidden === true ? HIDDEN : undefined)];
      case "invalid_union": {
        // What was written is meant to be the alternative that goes deepest into it.
        const isOtherKind = (code: string) => code === "invalid_type" || code === "invalid_value";
        const deep = issue.errors.flat().filter(({ path, code }) => path.length > 0 || !isOtherKind(code));
        if (deep.length === 0) return [problem(issue.path, issue.message)];
        return problemsOfIssues(
          deep.map((nested) => ({ ...nested, path: [...issue.path, ...nested.path] })),
          input,
        );
      }
      default:
        return [problem(issue.path, issue.message)];
    }
  });
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | null | undefined)?.[key], input);
}

/** JSON, but of what has none, such as a function, a bigint or an object that holds itself. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    return typeof value === "bigint" ? `${value}n` : Object.prototype.toString.call(value);
  }
}

function shown(value: unknown): string {
  const text = asText(value);
  return text.length > 100 ? `${text.slice(0, 97)}…` : text;
}
