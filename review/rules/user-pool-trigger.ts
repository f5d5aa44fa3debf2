import { child, isList, isObject, type Json } from "../json";
import { after, before, isChanged, type Rule, UNKNOWN } from "./rule";

const FUNCTION_ARN = /^arn:[^:]+:lambda:/;

/** Every trigger counts, also one that is not the project's own; a function that is not known yet may be any. */
export const userPoolTrigger: Rule = {
  id: "user-pool-trigger",
  types: ["aws_cognito_user_pool"],
  finds: (change) => {
    if (!isChanged(change)) return undefined;
    const gone = functions(before(change, "lambda_config", 0)).filter(([path, arn]) => {
      return after(change, "lambda_config", 0, ...path) !== arn;
    });
    if (gone.length === 0) return undefined;
    const names = gone.map(([path]) => path.filter((key) => typeof key === "string").join("."));
    const unknown = gone.every(([path]) => after(change, "lambda_config", 0, ...path) === UNKNOWN);
    return unknown
      ? `Which function Cognito calls (${names.join(", ")}) is only known once it is applied: until then, or for good, sign-ups may go unchecked.`
      : `Cognito would no longer call this function (${names.join(", ")}): without pre_sign_up nothing keeps people unique.`;
  },
};

function functions(
  value: Json | undefined,
  path: Array<string | number> = [],
): Array<[Array<string | number>, string]> {
  if (typeof value === "string") return FUNCTION_ARN.test(value) ? [[path, value]] : [];
  const keys = isList(value) ? value.map((_, index) => index) : isObject(value) ? Object.keys(value) : [];
  return keys.flatMap((key) => functions(child(value, key), [...path, key]));
}
