import db from "dynalite/db";

/*
 * DynamoDB compares lists and maps by what is in them; dynalite's `=` holds of no list and no map. Here they are texts while
 * a condition is checked. (Paths that lead into documents, and size(), would not work: no condition of this project has them.)
 */
const check = db.checkConditional;
db.checkConditional = (request, item) =>
  check(
    request._condition
      ? { ...request, _condition: { expression: flatExpression(request._condition.expression) } }
      : request,
    item && Object.fromEntries(Object.entries(item).map(([name, value]) => [name, flat(value)])),
  );

/** An operator with its arguments, a path to an attribute, or a value. */
interface Expression {
  readonly type?: string;
  readonly args?: readonly object[];
  readonly M?: object;
  readonly L?: object;
}

function flatExpression(expression: Expression): object {
  if (Array.isArray(expression)) return expression;
  const { type, args } = expression;
  return type && args ? { ...expression, args: args.map(flatExpression) } : flat(expression);
}

function flat(value: { M?: object; L?: object }): object {
  if (value.M) return { M: sorted(value.M) };
  return value.L ? { L: sorted(value.L) } : value;
}

function sorted(document: object): string {
  return JSON.stringify(document, (name, value) => {
    if (/^[SNB]S$/.test(name) && Array.isArray(value)) return [...value].sort();
    if (!value || typeof value !== "object" || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
