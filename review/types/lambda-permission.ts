import type { Plan } from "../plan";
import { accountOf, at, currentOf, isUnset, knownValues, quoted, UNKNOWN, type Value } from "../value";
import { existingPoolArns } from "./existing-pool";
import {
  type At,
  COMMON,
  type Found,
  FREE,
  fixed,
  found,
  type ResourceType,
  reference,
  referenceTo,
  when,
} from "./type";

const COGNITO = "cognito-idp.amazonaws.com";
const NARROW =
  "More callers than this pool could run the function, and read from its answers which users have an account.";

const OWN_FUNCTION = reference(
  "permission-lost",
  "The pool could no longer call the function.",
  "aws_lambda_function",
  "function_name",
  "arn",
);

/** Whether the function is made elsewhere, and one that a pool of this plan calls: the pool's finding says so. */
function isOfTrigger({ change, plan }: At): boolean {
  const [name, qualifier] = [at(change.after, "function_name"), at(change.after, "qualifier")];
  const arn = isUnset(qualifier) ? name : `${String(name)}:${String(qualifier)}`;
  const config = (pool: Value) => JSON.stringify(at(pool, "lambda_config") ?? null);
  return currentOf(plan, "aws_cognito_user_pool").some(({ after: pool }) => config(pool).includes(JSON.stringify(arn)));
}

export const LAMBDA_PERMISSION: ResourceType = {
  type: "aws_lambda_permission",
  /** Replaced by one that says the same, it is missing for seconds only. */
  lost: ({ change }) => {
    const kept = ["principal", "action", "source_arn", "function_name"].every(
      (name) => at(change.after, name) === at(change.before, name),
    );
    return at(change.before, "principal") !== COGNITO || (change.action === "replace" && kept)
      ? []
      : [
          found(
            "permission-lost",
            "The pool that is there now may no longer call the function, so that it refuses every sign-up.",
          ),
        ];
  },
  forgotten: found(
    "forgotten",
    "The pool may still call the function, but nothing plans or checks that here from now on.",
  ),
  attributes: {
    ...COMMON,
    statement_id: FREE,
    statement_id_prefix: FREE,
    function_name: {
      ...OWN_FUNCTION,
      finds: (from, to, at) => (at.isNew && isOfTrigger(at) ? [] : OWN_FUNCTION.finds(from, to, at)),
    },
    principal: { kind: "guarded", rule: "permission-wide", required: true, finds: (_, to) => principal(to) },
    action: fixed("permission-wide", NARROW, "lambda:InvokeFunction"),
    source_arn: { kind: "guarded", rule: "permission-wide", required: true, finds: (_, to, at) => source(to, at) },
    source_account: {
      kind: "guarded",
      rule: "permission-wide",
      required: true,
      finds: (_, to, { plan }) => account(to, plan),
    },
    function_url_auth_type: fixed("permission-wide", "Anyone on the internet could call the function by its URL."),
    principal_org_id: fixed("permission-wide", NARROW),
    event_source_token: fixed("permission-wide", NARROW),
    qualifier: when("guarded", "permission-wide", NARROW, (_, to, at) => {
      return at.isNew && (isUnset(to) || isOfTrigger(at));
    }),
  },
};

function principal(to: Value): Found[] {
  if (to === COGNITO) return [];
  const who = to === "*" ? "Anyone in any AWS account" : quoted(to);
  return [
    found(
      "permission-wide",
      `${who} could call the function, and read from its answers which users have an account. Cognito alone does today.`,
    ),
  ];
}

function source(to: Value, { plan, template }: At): Found[] {
  const own =
    to === UNKNOWN
      ? referenceTo("aws_cognito_user_pool", "arn").test(template ?? "")
      : typeof to === "string" &&
        [...knownValues(plan, "aws_cognito_user_pool", "arn"), ...existingPoolArns(plan)].includes(to);
  if (own) return [];
  return [
    found(
      "permission-wide",
      `${to === undefined || to === null ? "Any pool, of any account," : quoted(to)} could call the function: it is not this plan's pool.`,
    ),
  ];
}

function account(to: Value, plan: Plan): Found[] {
  const own = accountOf(plan);
  if (typeof to === "string" && to !== "" && own !== undefined && to !== own) {
    return [
      found(
        "permission-lost",
        `Pools of the account ${quoted(to)} alone could call the function: it is not this plan's account, and every sign-up is refused.`,
      ),
    ];
  }
  return typeof to === "string" && to !== ""
    ? []
    : [found("permission-wide", "A pool of another account could call the function, once this one's id is free.")];
}
