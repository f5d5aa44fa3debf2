import { isList } from "../json";
import type { Plan, ResourceChange } from "../plan";
import { rightsOf, statementsOf } from "../policy";
import { accountOf, at, currentOf, isUnset, listed, UNKNOWN, type Value } from "../value";
import {
  type Attribute,
  COMMON,
  COMPUTED,
  type Found,
  FREE,
  fixed,
  found,
  identity,
  only,
  type ResourceType,
  smaller,
  TAGS,
  when,
} from "./type";

const RIGHTS = "The function could do more, or less, than what it is made for.";

/** Lambda alone. */
const TRUST = trustOf("lambda.amazonaws.com", "");

/** Cognito, for the pool that says this external id, in this account only: the role that sends text messages. */
const SENDER = /^\{StringEquals:\{aws:SourceAccount:"\d{12}",sts:ExternalId:"[^"]+"\}\}$/;

function trustOf(service: string, conditions: string): readonly string[] {
  const principals = [`Service:${service}`];
  const none = { sid: "", resources: [], others: [] };
  return rightsOf([{ ...none, effect: "Allow", actions: ["sts:AssumeRole"], principals, conditions }]);
}

/** Whether a role is Cognito's, to send text messages with. */
export function sendsTexts(assumeRolePolicy: Value): boolean {
  const [statement, ...others] = assumeRolePolicy === UNKNOWN ? [] : (statementsOf(assumeRolePolicy) ?? []);
  if (statement === undefined || others.length > 0 || !SENDER.test(statement.conditions)) return false;
  return rightsOf([statement]).join() === trustOf("cognito-idp.amazonaws.com", statement.conditions).join();
}

const trust: Attribute = {
  kind: "guarded",
  rule: "role-trust",
  required: true,
  finds: (_, to, { plan }) => trusts(to, accountOf(plan)),
};

export const IAM_ROLE: ResourceType = {
  type: "aws_iam_role",
  lost: () => [
    found("role-lost", "The function has no role and cannot run: every sign-up is refused until there is one again."),
  ],
  forgotten: found(
    "forgotten",
    "The role stays, with all that it may do, but nothing plans or checks it here from now on.",
  ),
  attributes: {
    ...COMMON,
    ...TAGS,
    name: identity("role-lost", "The function has no role and cannot run."),
    name_prefix: fixed("role-lost", "The function has no role and cannot run."),
    path: fixed("role-lost", "The function has no role and cannot run.", "/"),
    assume_role_policy: trust,
    description: FREE,
    max_session_duration: smaller(
      "role-trust",
      "Credentials of the role, also stolen ones, could be used for longer.",
      3600,
    ),
    permissions_boundary: fixed("role-boundary", RIGHTS),
    managed_policy_arns: fixed("role-rights", RIGHTS),
    // A role that is taken over says what is hung on it: the plan's own policies, which are judged, and nothing else.
    inline_policy: when("guarded", "role-rights", RIGHTS, (_, to, { isNew, change, plan }) => {
      return isNew && (isUnset(to) || (change.importing !== undefined && arePlanned(to, change, plan)));
    }),
    force_detach_policies: only(
      "role-rights",
      "Policies that were attached by hand would be taken away when the role is deleted.",
      false,
    ),
    arn: COMPUTED,
    create_date: COMPUTED,
    unique_id: COMPUTED,
  },
};

/** Whether every policy of a role is one of the plan's, which overwrites it or says the same. */
function arePlanned(policies: Value, role: ResourceChange, plan: Plan): boolean {
  const planned = currentOf(plan, "aws_iam_role_policy").filter(
    ({ after: policy }) => at(policy, "role") === at(role.after, "name"),
  );
  return (
    policies !== UNKNOWN &&
    isList(policies) &&
    policies.every((policy) => planned.some(({ after: one }) => at(one, "name") === at(policy, "name")))
  );
}

function trusts(to: Value, account: string | undefined): Found[] {
  const statements = to === UNKNOWN ? undefined : statementsOf(to);
  if (statements === undefined) return [found("role-trust", "Who may use the role cannot be read in the plan.")];
  if (rightsOf(statements).join() === TRUST.join()) return [];
  if (sendsTexts(to)) {
    const isOwn = account === undefined || statements[0]?.conditions.includes(`"${account}"`) === true;
    return isOwn ? [] : [found("role-trust", "A pool of another account could send text messages with the role.")];
  }
  const others = statements
    .flatMap(({ principals }) => principals)
    .filter((one) => one !== "Service:lambda.amazonaws.com");
  return [
    found(
      "role-trust",
      others.length === 0
        ? "Lambda could no longer use the role as it is made for: every sign-up would be refused, or the role be used in another way."
        : `${listed(others)} could use the role, and with it read every user of the pool. Lambda alone does today.`,
    ),
  ];
}
