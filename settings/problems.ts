import { dotted, type Problem, refusal } from "../modules/setting/problems";

/** Settings that cannot work. The message lists every problem: where, the refused value, what is allowed. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  /** A line for each problem. */
  readonly problems: readonly string[];
  /** Where each of them is: the names of fields, from the outermost. */
  readonly paths: ReadonlyArray<readonly PropertyKey[]>;

  constructor(problems: readonly Problem[]) {
    const count = problems.length === 1 ? "1 setting" : `${problems.length} settings`;
    const lines = problems.map(line);
    super([`environments.ts: ${count} cannot be used.`, ...lines.map((text) => `  - ${text}`)].join("\n"));
    this.problems = lines;
    this.paths = problems.map(({ path }) => path);
  }
}

/** `path` is that of the field in environments.ts. */
function line(problem: Problem): string {
  const [first, environment, ...rest] = problem.path;
  const where =
    first === "environments" && environment !== undefined
      ? [`environment ${JSON.stringify(environment)}`, rest.length > 0 && `field ${JSON.stringify(dotted(rest))}`]
      : [`project settings`, problem.path.length > 0 && `field ${JSON.stringify(dotted(problem.path))}`];
  return `${where.filter(Boolean).join(", ")}: ${refusal(problem)}`;
}
