import { isList, type Json } from "../json";
import type { Plan, ResourceChange } from "../plan";
import { rightsOf, statementsOf } from "../policy";
import { accountOf, at, currentOf, isUnset, knownValues, listed, UNKNOWN, type Value } from "../value";
import {
  type At,
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

/** Users of one identity pool, either those who are signed in or the others: "Role trust and permissions", Cognito developer guide. */
const IDENTITIES =
  /^\{ForAnyValue:StringLike:\{(?<service>cognito-identity[\w.-]*\.amazonaws\.com(?:\.cn)?):amr:"(?:un)?authenticated"\},StringEquals:\{\k<service>:aud:"(?<pool>[^"]+)"\}\}$/;

/** The identity pool, its id or a reference to it, whose users alone may use a role. */
function identityPoolOf(assumeRolePolicy: Json | undefined): string | undefined {
  const [statement, ...others] = statementsOf(assumeRolePolicy) ?? [];
  const { service, pool } = IDENTITIES.exec(statement?.conditions ?? "")?.groups ?? {};
  if (statement === undefined || others.length > 0) return undefined;
  const { effect, actions, principals, resources, others: elements } = statement;
  const isTagged = statement.conditions.includes(':amr:"authenticated"');
  const allowed = ["sts:AssumeRoleWithWebIdentity", ...(isTagged ? ["sts:TagSession"] : [])];
  return effect === "Allow" &&
    actions.includes("sts:AssumeRoleWithWebIdentity") &&
    actions.every((action) => allowed.includes(action)) &&
    principals.join() === `Federated:${service}` &&
    resources.length === 0 &&
    elements.length === 0
    ? pool
    : undefined;
}

/** Whether a role is for users of this plan's identity pool. */
function isOfIdentityPool(to: Value, { plan, template }: At): boolean {
  const pool = identityPoolOf(to === UNKNOWN ? template : to);
  if (pool === undefined) return false;
  if (to === UNKNOWN) return /^\$\{aws_cognito_identity_pool\.[\w-]+\.id\}$/.test(pool);
  return knownValues(plan, "aws_cognito_identity_pool", "id").includes(pool);
}

const trust: Attribute = {
  kind: "guarded",
  rule: "role-trust",
  required: true,
  finds: (from, to, place) => {
    const { plan } = place;
    if (!isOfIdentityPool(to, place)) return trusts(to, accountOf(plan));
    // A role of something else has rights that are not meant for users, and one for guests none that are meant for others.
    const isSame = place.isNew || (from !== UNKNOWN && amrOf(from) === amrOf(to === UNKNOWN ? place.template : to));
    return isSame ? [] : [found("role-trust", "Other users than today could use the role, with all that it may do.")];
  },
};

function amrOf(assumeRolePolicy: Json | undefined): string | undefined {
  return /:amr:"(\w+)"/.exec(statementsOf(assumeRolePolicy)?.[0]?.conditions ?? "")?.[1];
}

export const IAM_ROLE: ResourceType = {
  type: "aws_iam_role",
  lost: ({ change }) => [
    found(
      "role-lost",
      identityPoolOf(change.before === null ? undefined : at(change.before, "assume_role_policy")) === undefined
        ? "The function has no role and cannot run: every sign-up is refused until there is one again."
        : "Users of the identity pool can do nothing in AWS until there is a role again, with its policies.",
    ),
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
