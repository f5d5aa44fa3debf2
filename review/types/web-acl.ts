import { isList, type Json } from "../json";
import { amount, at, UNKNOWN, type Value } from "../value";
import {
  type Attribute,
  begins,
  COMMON,
  COMPUTED,
  FREE,
  fixed,
  found,
  identity,
  must,
  only,
  type ResourceType,
  reference,
  TAGS,
} from "./type";

const LOST =
  "Nothing would limit how often one place on the internet calls the pool: passwords and sign-ups can be tried.";

const has = (rule: Json, ...path: readonly (string | number)[]) => {
  const block = at(rule, ...path);
  return isList(block) && block.length > 0;
};

/** A rule that no longer stops what it has stopped; nothing where it does. */
function weakened(old: Json, now: Json | undefined): string | undefined {
  const name = `The rule ${String(at(old, "name"))}`;
  if (now === undefined) return `${name} would be gone.`;
  const limit = (rule: Json) => amount(at(rule, "statement", 0, "rate_based_statement", 0, "limit"));
  if (limit(now) > limit(old)) return `${name} would let ${limit(now)} requests through, not ${limit(old)}.`;
  const stops = (rule: Json) => has(rule, "action", 0, "block") || has(rule, "override_action", 0, "none");
  if (stops(old) && !stops(now)) return `${name} would count requests, and stop none.`;
  const group = (rule: Json) => at(rule, "statement", 0, "managed_rule_group_statement", 0, "name");
  return group(old) === group(now) ? undefined : `${name} would be another one.`;
}

const rules: Attribute = {
  kind: "safer",
  rule: "web-acl",
  finds: (from, to, { isNew }) => {
    if (to === UNKNOWN) return [found("web-acl", "What the web ACL stops is only known once it is applied.")];
    const [old, now] = [isNew ? [] : listOf(from), listOf(to)];
    return old.flatMap((rule) => {
      const why = weakened(
        rule,
        now.find((one) => at(one, "name") === at(rule, "name")),
      );
      return why === undefined ? [] : [found("web-acl", why)];
    });
  },
};

function listOf(value: Value): readonly Json[] {
  return value !== UNKNOWN && isList(value) ? value : [];
}

export const WEB_ACL: ResourceType = {
  type: "aws_wafv2_web_acl",
  lost: () => [found("web-acl", LOST)],
  forgotten: found("forgotten", "The web ACL stays, and costs, but nothing plans or checks its rules from now on."),
  attributes: {
    ...COMMON,
    ...TAGS,
    name: identity("web-acl", LOST),
    name_prefix: fixed("web-acl", LOST),
    scope: must(only("web-acl", "A user pool cannot have a web ACL of another scope.", "REGIONAL")),
    default_action: begins(
      "web-acl",
      "Requests that no rule is about would be treated in another way: all users could be shut out.",
    ),
    rule: rules,
    description: FREE,
    visibility_config: FREE,
    arn: COMPUTED,
    capacity: COMPUTED,
    lock_token: COMPUTED,
    application_integration_url: COMPUTED,
  },
};

export const WEB_ACL_ASSOCIATION: ResourceType = {
  type: "aws_wafv2_web_acl_association",
  isSetting: true,
  lost: () => [found("web-acl", LOST)],
  forgotten: found(
    "forgotten",
    "The web ACL stays in front of the pool, but nothing plans or checks that from now on.",
  ),
  attributes: {
    ...COMMON,
    resource_arn: must(reference("web-acl", LOST, "aws_cognito_user_pool", "arn")),
    web_acl_arn: begins("web-acl", "Another web ACL would be in front of the pool, whose rules are not seen here."),
  },
};
