import { Token } from "cdktf";
import type { Construct } from "constructs";
import { dotted, type Problem, problemsOf, refusal } from "./problems";
import { type Complete, complete, type Props, type Settings, schemaOf } from "./setting";

/**
 * The settings among a construct's props, with their defaults. Throws an Error that names the construct, the field, the value and what is
 * allowed where a value cannot work; values that are known only at plan or apply (tokens) are taken as they are.
 */
export function settingsOf<All extends Settings>(scope: Construct, settings: All, props: Props<All>): Complete<All> {
  const given = complete(settings, props);
  const known = Object.fromEntries(Object.entries(given).filter(([, value]) => !isUnresolved(value)));
  const { error } = schemaOf(settings, "an object").safeParse(known);
  if (error) refuse(scope, problemsOf(error, known));
  return given;
}

/** Throws an Error with a line for each problem, if there is one. */
export function refuse(scope: Construct, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const where = `${scope.constructor.name} ${JSON.stringify(scope.node.path)}`;
  throw new Error(
    problems
      .map((problem) => `${where}, field ${JSON.stringify(dotted(problem.path))}: ${refusal(problem)}`)
      .join("\n"),
  );
}

function isUnresolved(value: unknown): boolean {
  if (Token.isUnresolved(value)) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(isUnresolved);
}
