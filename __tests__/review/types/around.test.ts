import type { Plan, ResourceChange } from "../../../review/plan";
import { IAM_ROLE } from "../../../review/types/iam-role";
import { IDENTITY_POOL, IDENTITY_POOL_ROLES, IDENTITY_POOL_TAGS } from "../../../review/types/identity-pool";
import { LOG_DELIVERY } from "../../../review/types/log-delivery";
import { RISK_CONFIGURATION } from "../../../review/types/risk-configuration";
import type { At, ResourceType } from "../../../review/types/type";
import { WEB_ACL, WEB_ACL_ASSOCIATION } from "../../../review/types/web-acl";
import { UNKNOWN, type Value } from "../../../review/value";

const POOL_ID = "eu-west-1:12345678-1234-1234-1234-123456789012";
const KNOWN: readonly (readonly [string, object])[] = [
  ["aws_cognito_identity_pool", { id: POOL_ID }],
  ["aws_cognito_user_pool", { endpoint: "cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Own" }],
  ["aws_cognito_user_pool_client", { id: "ownclient" }],
];
const IDENTITY = {
  type: "aws_caller_identity",
  mode: "data",
  address: "data.x",
  values: { account_id: "111122223333" },
};
const plan = {
  resources: [],
  state: [IDENTITY, ...KNOWN.map(([type, values]) => ({ type, mode: "managed", address: `${type}.x`, values }))],
  outputs: [],
} as unknown as Plan;

interface Change {
  readonly isNew?: boolean;
  readonly template?: string;
}

function rules({ attributes }: ResourceType, path: string, from: Value, to: Value, where: Change = {}): string[] {
  const { isNew = false, template } = where;
  const change = { action: isNew ? "create" : "update", after: {} } as unknown as ResourceChange;
  const place: At = { change, plan, isNew, template };
  if (!attributes[path]) throw new Error(`${path} is not described`);
  return attributes[path].finds(from, to, place).map(({ rule }) => rule);
}

/** From, to, and whether it passes. */
type Case = readonly [type: ResourceType, path: string, from: Value, to: Value, passes: boolean];

const rule = (name: string, parts: object) => ({ name, ...parts });
const rate = (limit: number, action: object = { block: [{}], count: [] }) =>
  rule("rate", { action: [action], statement: [{ rate_based_statement: [{ limit }] }] });
const TAKEOVER = "account_takeover_risk_configuration.actions.high_action";
const COMPROMISED = "compromised_credentials_risk_configuration";
const EXCEPTIONS = "risk_exception_configuration";
const STREAM = (account: string) => `arn:aws:firehose:eu-west-1:${account}:deliverystream/x`;

const CASES: readonly Case[] = [
  [RISK_CONFIGURATION, `${TAKEOVER}.event_action`, "MFA_REQUIRED", "BLOCK", true],
  [RISK_CONFIGURATION, `${TAKEOVER}.event_action`, "BLOCK", "MFA_IF_CONFIGURED", false],
  [RISK_CONFIGURATION, `${TAKEOVER}.event_action`, "BLOCK", undefined, false],
  [RISK_CONFIGURATION, `${TAKEOVER}.notify`, false, true, true],
  [RISK_CONFIGURATION, `${TAKEOVER}.notify`, true, false, false],
  [RISK_CONFIGURATION, `${COMPROMISED}.actions.event_action`, "NO_ACTION", "BLOCK", true],
  [RISK_CONFIGURATION, `${COMPROMISED}.actions.event_action`, "BLOCK", "NO_ACTION", false],
  [RISK_CONFIGURATION, `${COMPROMISED}.event_filter`, ["SIGN_IN"], ["SIGN_IN", "SIGN_UP"], true],
  [RISK_CONFIGURATION, `${COMPROMISED}.event_filter`, ["SIGN_IN", "SIGN_UP"], ["SIGN_IN"], false],
  [RISK_CONFIGURATION, `${EXCEPTIONS}.skipped_ip_range_list`, ["192.0.2.0/24"], [], true],
  [RISK_CONFIGURATION, `${EXCEPTIONS}.skipped_ip_range_list`, [], ["0.0.0.0/0"], false],
  [RISK_CONFIGURATION, `${EXCEPTIONS}.blocked_ip_range_list`, [], ["192.0.2.0/24"], true],
  [RISK_CONFIGURATION, `${EXCEPTIONS}.blocked_ip_range_list`, ["192.0.2.0/24"], [], false],
  [LOG_DELIVERY, "log_configurations.event_source", undefined, "userAuthEvents", true],
  [LOG_DELIVERY, "log_configurations.event_source", "userAuthEvents", undefined, false],
  [LOG_DELIVERY, "log_configurations.s3_configuration.bucket_arn", undefined, "arn:aws:s3:::ours", true],
  [LOG_DELIVERY, "log_configurations.s3_configuration.bucket_arn", "arn:aws:s3:::ours", "arn:aws:s3:::theirs", false],
  [LOG_DELIVERY, "log_configurations.firehose_configuration.stream_arn", undefined, STREAM("111122223333"), true],
  [LOG_DELIVERY, "log_configurations.firehose_configuration.stream_arn", undefined, STREAM("444455556666"), false],
  [WEB_ACL, "rule", [rate(500)], [rate(100)], true],
  [WEB_ACL, "rule", [rate(500)], [rate(500), rule("more", {})], true],
  [WEB_ACL, "rule", [rate(500)], [rate(501)], false],
  [WEB_ACL, "rule", [rate(500)], [], false],
  [WEB_ACL, "rule", [rate(500)], [rate(500, { block: [], count: [{}] })], false],
  [WEB_ACL, "rule", [rate(500)], UNKNOWN, false],
  [WEB_ACL, "scope", undefined, "REGIONAL", true],
  [WEB_ACL, "scope", undefined, "CLOUDFRONT", false],
  [WEB_ACL, "default_action", [{ allow: [{}] }], [{ block: [{}] }], false],
  [WEB_ACL_ASSOCIATION, "web_acl_arn", "arn:one", "arn:other", false],
  [IDENTITY_POOL, "allow_unauthenticated_identities", true, false, true],
  [IDENTITY_POOL, "allow_unauthenticated_identities", false, true, false],
  [IDENTITY_POOL, "allow_classic_flow", false, true, false],
  [IDENTITY_POOL, "saml_provider_arns", undefined, ["arn:aws:iam::111122223333:saml-provider/x"], false],
  [IDENTITY_POOL, "cognito_identity_providers.client_id", undefined, "ownclient", true],
  [IDENTITY_POOL, "cognito_identity_providers.client_id", undefined, "theirclient", false],
  [IDENTITY_POOL, "cognito_identity_providers.client_id", "ownclient", undefined, false],
  [IDENTITY_POOL, "cognito_identity_providers.server_side_token_check", true, false, false],
  [IDENTITY_POOL_ROLES, "role_mapping", [], [{ type: "Rules" }], false],
  [IDENTITY_POOL_TAGS, "principal_tags", { team: "custom:team" }, { team: "sub" }, false],
  [IDENTITY_POOL_TAGS, "identity_provider_name", undefined, "accounts.google.com", false],
];

it.each(CASES)("$type, %s", (type, path, from, to, passes) => {
  expect([path, from, to, rules(type, path, from, to).length === 0]).toEqual([path, from, to, passes]);
});

describe("something new", () => {
  const isNew = true;

  it("is for guests only where that is allowed by name", () => {
    expect(rules(IDENTITY_POOL, "allow_unauthenticated_identities", undefined, true, { isNew })).toEqual([
      "identity-pool-open",
    ]);
  });

  it("blocks stolen passwords, as Cognito does by itself", () => {
    const path = `${COMPROMISED}.actions.event_action`;
    expect(rules(RISK_CONFIGURATION, path, undefined, "NO_ACTION", { isNew })).toEqual(["risk-looser"]);
    expect(rules(RISK_CONFIGURATION, path, undefined, "BLOCK", { isNew })).toEqual([]);
  });

  it("refers to this plan's clients, roles and log groups", () => {
    const at = (type: ResourceType, path: string, template: string) =>
      rules(type, path, undefined, UNKNOWN, { isNew, template });
    const client = "cognito_identity_providers.client_id";
    expect(at(IDENTITY_POOL, client, "${aws_cognito_user_pool_client.web.id}")).toEqual([]);
    expect(at(IDENTITY_POOL, client, "${var.client}")).toEqual(["identity-pool-providers"]);
    expect(at(IDENTITY_POOL_ROLES, "roles.authenticated", "${aws_iam_role.own.arn}")).toEqual([]);
    expect(at(IDENTITY_POOL_ROLES, "roles.authenticated", "${data.aws_iam_role.x.arn}")).toEqual([
      "identity-pool-roles",
    ]);
    const group = "log_configurations.cloud_watch_logs_configuration.log_group_arn";
    expect(at(LOG_DELIVERY, group, "${aws_cloudwatch_log_group.own.arn}")).toEqual([]);
    expect(at(LOG_DELIVERY, group, "${var.group}")).toEqual(["log-delivery"]);
  });
});

describe("a role of an identity pool's users", () => {
  const SERVICE = "cognito-identity.amazonaws.com";
  const REFERENCE = "${aws_cognito_identity_pool.identity_pool.id}";
  const trust = ({
    aud = POOL_ID as unknown,
    amr = "authenticated",
    action = "sts:AssumeRoleWithWebIdentity" as unknown,
    service = SERVICE,
    operator = "StringEquals",
  } = {}) =>
    JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Action: action,
          Principal: { Federated: service },
          Condition: {
            [operator]: { [`${SERVICE}:aud`]: aud },
            "ForAnyValue:StringLike": { [`${SERVICE}:amr`]: amr },
          },
        },
      ],
    });
  const made = (policy: Value, template?: string) =>
    rules(IAM_ROLE, "assume_role_policy", undefined, policy, { isNew: true, ...(template && { template }) });
  const TAGGED = ["sts:AssumeRoleWithWebIdentity", "sts:TagSession"];

  it.each([
    ["of this plan's pool", trust()],
    ["for guests", trust({ amr: "unauthenticated" })],
    ["with tags", trust({ action: TAGGED })],
  ])("passes %s", (_, policy) => {
    expect(made(policy)).toEqual([]);
  });

  it("passes with a reference to the pool that the plan makes", () => {
    expect(made(UNKNOWN, trust({ aud: REFERENCE }))).toEqual([]);
    expect(made(UNKNOWN, trust({ aud: "${var.pool}" }))).toEqual(["role-trust"]);
  });

  it.each([
    ["of another pool", trust({ aud: "eu-west-1:00000000-0000-0000-0000-000000000000" })],
    ["of two pools", trust({ aud: [POOL_ID, "eu-west-1:00000000-0000-0000-0000-000000000000"] })],
    ["of pools like it", trust({ aud: "*", operator: "StringLike" })],
    ["of any caller", trust({ amr: "*" })],
    ["of guests with tags", trust({ amr: "unauthenticated", action: TAGGED })],
    ["in another way", trust({ action: "sts:AssumeRole" })],
    ["of another provider", trust({ service: "accounts.google.com" })],
    [
      "of any caller, because nothing is asked",
      JSON.stringify({
        Statement: [{ Effect: "Allow", Action: TAGGED[0], Principal: { Federated: SERVICE } }],
      }),
    ],
  ])("is blocked %s", (_, policy) => {
    expect(made(policy)).toEqual(["role-trust"]);
  });

  it("does not become one of guests, nor a function's one of users", () => {
    const change = (from: string, to: string) => rules(IAM_ROLE, "assume_role_policy", from, to);
    const lambda = JSON.stringify({
      Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } }],
    });
    expect(change(trust(), trust({ action: TAGGED }))).toEqual([]);
    expect(change(trust(), trust({ amr: "unauthenticated" }))).toEqual(["role-trust"]);
    expect(change(lambda, trust())).toEqual(["role-trust"]);
  });
});
