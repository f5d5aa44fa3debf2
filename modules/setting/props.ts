import { Token } from "cdktf";
import type { Construct } from "constructs";
import type { z } from "zod";
import { dotted, type Problem, problemsOf, refusal, within } from "./problems";
import { type Complete, complete, type Props, type Settings, schemaOf } from "./setting";

/**
 * The settings among a construct's props, with their defaults. Throws an Error that names the construct, the field, the value and what is
 * allowed where a value cannot work; values that are known only at plan or apply (tokens) are taken as they are.
 */
export function settingsOf<All extends Settings>(scope: Construct, settings: All, props: Props<All>): Complete<All> {
  const given = complete(settings, props);
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !isUnresolved(value)));
  const { error } = schemaOf(settings, "an object").safeParse(known);
  const missing = Object.entries(settings).flatMap(([name, { leftOut }]) =>
    leftOut.kind === "derived" && !(name in given)
      ? [{ path: [name], value: undefined, allowed: `a value, such as ${leftOut.from}` }]
      : [],
  );
  refuse(scope, [...missing, ...(error ? problemsOf(error, known) : [])]);
  return given;
}

/** Throws an Error like that of {@link settingsOf} where a prop is not what its schema allows. */
export function check(
  scope: Construct,
  props: Readonly<Record<string, readonly [schema: z.ZodType, value: unknown]>>,
): void {
  const problems = Object.entries(props).flatMap(([name, [schema, value]]) => {
    const { error } = isUnresolved(value) ? {} : schema.safeParse(value);
    return error ? within([name], problemsOf(error, value)) : [];
  });
  refuse(scope, problems);
}

/**
 * Throws an Error with a line for each problem, if there is one. A problem of a value that is not known yet, or that depends on one, is none:
 * `settings` are those that were compared.
 */
export function refuse(scope: Construct, problems: readonly Problem[], settings: object = {}): void {
  const known = problems.filter(({ path: [field = ""], value, allowed }) => {
    const written = (settings as Readonly<Record<PropertyKey, unknown>>)[field];
    return ![value, allowed, written].some(isUnresolved);
  });
  if (known.length === 0) return;
  const where = `${scope.constructor.name} ${JSON.stringify(scope.node.path)}`;
  throw new Error(
    known.map((problem) => `${where}, field ${JSON.stringify(dotted(problem.path))}: ${refusal(problem)}`).join("\n"),
  );
}

function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnresolved);
}
