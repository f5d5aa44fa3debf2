import { isList, isObject, type Json, type JsonObject, parsedText } from "./json";

/** One statement of an IAM policy, with lists where IAM takes one or many. */
export interface Statement {
  readonly sid: string;
  readonly effect: string;
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  /** `Service:lambda.amazonaws.com`, `AWS:*`; `*` for all principals. */
  readonly principals: readonly string[];
  readonly conditions: string;
  /** Elements that this does not know, and `NotAction` and the like, which say the opposite. */
  readonly others: readonly string[];
}

/** What a policy's text says; nothing where it cannot be read. */
export function statementsOf(text: Json | undefined): Statement[] | undefined {
  const policy = parsedText(text);
  if (!isObject(policy)) return undefined;
  const { Statement: statements } = policy;
  const all = isList(statements) ? statements : isObject(statements) ? [statements] : undefined;
  return all?.every(isObject) ? (all as JsonObject[]).map(statement) : undefined;
}

function statement(json: JsonObject): Statement {
  const { Sid, Effect, Action, Resource, Principal, Condition, ...others } = json;
  return {
    sid: typeof Sid === "string" ? Sid : "",
    effect: String(Effect),
    actions: many(Action),
    resources: many(Resource),
    principals: isObject(Principal)
      ? Object.entries(Principal)
          .flatMap(([kind, names]) => many(names).map((name) => `${kind}:${name}`))
          .sort()
      : many(Principal),
    conditions: Condition === undefined ? "" : sortedText(Condition),
    others: Object.keys(others),
  };
}

/** One text for each thing that is said, so that two policies can be compared whatever their order. */
export function rightsOf(statements: readonly Statement[]): string[] {
  return statements
    .flatMap(({ effect, actions, resources, principals, conditions, others }) =>
      (actions.length === 0 ? [""] : actions).flatMap((action) =>
        (resources.length === 0 ? [""] : resources).flatMap((resource) =>
          (principals.length === 0 ? [""] : principals).map((principal) =>
            JSON.stringify([effect, action, resource, principal, conditions, others]),
          ),
        ),
      ),
    )
    .sort();
}

function many(value: Json | undefined): string[] {
  if (isList(value)) return value.map(String).sort();
  return value === undefined || value === null ? [] : [String(value)];
}

/** JSON whose order of fields, and of lists, says nothing. */
function sortedText(value: Json): string {
  if (isList(value)) return `[${value.map(sortedText).sort().join()}]`;
  if (!isObject(value)) return JSON.stringify(String(value));
  return `{${Object.keys(value)
    .sort()
    .map((key) => `${key}:${sortedText(value[key] ?? null)}`)
    .join()}}`;
}
