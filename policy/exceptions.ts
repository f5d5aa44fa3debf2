import { LineCounter, parseDocument } from "yaml";
import { z } from "zod";

/** A finding that is accepted, and why. */
export interface Exception {
  /** Id of the check, such as CKV_AWS_116. */
  readonly check: string;
  /** Address of the resource; a `*` in it stands for anything, as in `aws_lambda_function.*`. */
  readonly resource: string;
  readonly reason: string;
  /** Where it is accepted: names of stacks, or all environments that are not production. @default everywhere */
  readonly environments?: readonly string[] | "non-production" | undefined;
  /** Settings of environments.ts that make it needless: that nothing needs it is then no problem. */
  readonly settings?: readonly string[] | undefined;
  /** Line of the file. */
  readonly line: number;
}

export interface Exceptions {
  readonly exceptions: readonly Exception[];
  /** What is wrong with the file itself, a line each. */
  readonly problems: readonly string[];
}

const REASON = "a sentence that says why it is accepted";
const NO_REASON = /^\s*(?:todo|tbd|fixme|xxx|n\/a|none|later|false positive|not needed|accepted)\b/i;
const SETTINGS = "a list of fields of environments.ts";
const ENVIRONMENTS = 'a list of names, or "non-production"';

const entry = z.strictObject(
  {
    check: z.string({ error: "check: the id of a check" }).min(1, { error: "check: the id of a check" }),
    resource: z.string({ error: "resource: an address" }).min(1, { error: "resource: an address" }),
    reason: z
      .string({ error: `reason: ${REASON}` })
      .refine((text) => text.trim().split(/\s+/).length >= 5 && !NO_REASON.test(text), { error: `reason: ${REASON}` }),
    environments: z
      .union([z.literal("non-production"), z.array(z.string()).min(1)], { error: `environments: ${ENVIRONMENTS}` })
      .optional(),
    settings: z
      .array(z.string(), { error: `settings: ${SETTINGS}` })
      .min(1, { error: `settings: ${SETTINGS}` })
      .optional(),
  },
  {
    error: (issue) =>
      issue.code === "unrecognized_keys" ? `no field ${issue.keys?.join(", ")}` : "check, resource and reason",
  },
);

/**
 * Reads the file of exceptions. An entry that cannot be accepted is a problem, and excepts nothing. Settings have to be among
 * those that are named here, if any are.
 */
export function readExceptions(text: string, settings?: readonly string[]): Exceptions {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error) return { exceptions: [], problems: [`line ${lines.linePos(error.pos[0]).line}: ${error.message}`] };

  const entries: unknown = document.toJS() ?? [];
  if (!Array.isArray(entries)) return { exceptions: [], problems: ["line 1: not a list of exceptions"] };

  const exceptions: Exception[] = [];
  const problems: string[] = [];
  entries.forEach((candidate: unknown, index) => {
    const node = document.getIn([index], true) as { range?: [number, number, number] } | undefined;
    const { line } = lines.linePos(node?.range?.[0] ?? 0);
    const parsed = entry.safeParse(candidate);
    const unknown = parsed.success ? parsed.data.settings?.filter((name) => settings?.includes(name) === false) : [];
    if (unknown && unknown.length > 0) problems.push(`line ${line}: there is no setting ${unknown.join(", ")}`);
    else if (parsed.success) exceptions.push({ ...parsed.data, line });
    else problems.push(...parsed.error.issues.map(({ message }) => `line ${line}: wanted ${message}`));
  });
  return { exceptions, problems };
}
