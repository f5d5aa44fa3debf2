import type { Plan, ResourceChange } from "../../../review/plan";
import { IAM_ROLE } from "../../../review/types/iam-role";
import { IAM_ROLE_POLICY } from "../../../review/types/iam-role-policy";
import { RESOURCE_SERVER } from "../../../review/types/resource-server";
import type { At } from "../../../review/types/type";
import { USER_GROUP } from "../../../review/types/user-group";
import type { Value } from "../../../review/value";

const text = (statement: object) => JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
const trust = (service: string, condition: object | undefined) =>
  text({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service: service },
    ...(condition && { Condition: condition }),
  });
const SENDER = trust("cognito-idp.amazonaws.com", {
  StringEquals: { "sts:ExternalId": "acme-dev-v2", "aws:SourceAccount": "111122223333" },
});

function found(
  attributes: typeof IAM_ROLE.attributes,
  path: string,
  from: Value,
  to: Value,
  { isNew = true, roles = [] as Value[] } = {},
): string[] {
  const resources = roles.map((after) => ({ type: "aws_iam_role", mode: "managed", action: "create", after }));
  const plan = { resources, state: [], outputs: [] } as unknown as Plan;
  const change = { action: "create", after: { role: "acme-dev-v2-sms" } } as unknown as ResourceChange;
  const place: At = { change, plan, isNew, template: undefined };
  return (attributes[path]?.finds(from, to, place) ?? []).map(({ rule }) => rule);
}

describe("the role that Cognito sends text messages with", () => {
  const trusts = (policy: string) => found(IAM_ROLE.attributes, "assume_role_policy", undefined, policy);

  it("is Cognito's, for one external id and one account", () => {
    expect(trusts(SENDER)).toEqual([]);
  });

  it.each([
    trust("cognito-idp.amazonaws.com", undefined),
    trust("cognito-idp.amazonaws.com", { StringEquals: { "sts:ExternalId": "acme-dev-v2" } }),
    trust("cognito-idp.amazonaws.com", { StringLike: { "sts:ExternalId": "*", "aws:SourceAccount": "*" } }),
    trust("cognito-idp.amazonaws.com", {
      StringEquals: { "sts:ExternalId": "acme-dev-v2", "aws:SourceAccount": ["111122223333", "444455556666"] },
    }),
    trust("ec2.amazonaws.com", { StringEquals: { "sts:ExternalId": "x", "aws:SourceAccount": "111122223333" } }),
  ])("is not %s", (policy) => {
    expect(trusts(policy)).toEqual(["role-trust"]);
  });

  const publish = (resource: string, action = "sns:Publish") =>
    text({ Effect: "Allow", Action: action, Resource: resource });
  const grants = (policy: string, assume = SENDER) =>
    found(IAM_ROLE_POLICY.attributes, "policy", undefined, policy, {
      roles: [{ name: "acme-dev-v2-sms", assume_role_policy: assume }],
    });

  it("may publish, and nothing else; no other role may", () => {
    expect(grants(publish("*"))).toEqual([]);
    expect(grants(publish("*", "sns:*"))).toEqual(["role-rights"]);
    expect(grants(publish("*"), trust("lambda.amazonaws.com", undefined))).toEqual(["role-rights"]);
  });
});

describe("resource servers and groups", () => {
  const scopes = (...names: string[]) => names.map((scope_name) => ({ scope_name, scope_description: "d" }));

  it("may gain scopes, and lose none", () => {
    const change = (from: Value, to: Value) => found(RESOURCE_SERVER.attributes, "scope", from, to, { isNew: false });
    expect(change(scopes("read"), scopes("read", "write"))).toEqual([]);
    expect(change(scopes("read", "write"), scopes("read"))).toEqual(["resource-server-scopes"]);
  });

  it("keep their role and rank", () => {
    const change = (path: string, from: Value, to: Value) =>
      found(USER_GROUP.attributes, path, from, to, { isNew: false });
    expect(change("description", "a", "b")).toEqual([]);
    expect(change("precedence", 1, 2)).toEqual(["group-role"]);
    expect(change("role_arn", null, "arn:aws:iam::111122223333:role/admin")).toEqual(["group-role"]);
    expect(change("role_arn", "arn:aws:iam::111122223333:role/admin", null)).toEqual([]);
  });
});
