import { IdentityPool, type IdentityPoolProps } from "../../../modules/identity-pool/identity-pool";
import {
  identityPoolClientProblems,
  identityPoolClients,
  identityPoolProblems,
} from "../../../modules/identity-pool/settings";
import { UserPool } from "../../../modules/user-pool/user-pool";
import { UserPoolClient } from "../../../modules/user-pool-client/user-pool-client";
import { type Document, only, stackOf, statementsOf } from "../../support/stack";
import { environment } from "../../support/synth";

type Settings = Partial<Omit<IdentityPoolProps, "userPool">>;
const ROLE = "arn:aws:iam::111122223333:role/editors";
const rules = [{ claim: "custom:plan", matchType: "Equals" as const, value: "pro", roleArn: ROLE }];

function identityPool(settings: Settings = {}): Document {
  return stackOf((stack) => {
    const userPool = new UserPool(stack, "user_pool", {
      userPoolName: "p",
      customAttributes: { plan: { type: "String" }, team: { type: "String" } },
    });
    const urls = { callbackUrls: ["https://acme.com/auth"], logoutUrls: ["https://acme.com/"] };
    const web = new UserPoolClient(stack, "web", { userPool, name: "web", ...urls });
    new IdentityPool(stack, "pool", {
      name: "acme",
      userPool,
      clients: [web],
      region: "eu-west-1",
      ...settings,
    } as IdentityPoolProps);
  });
}
const trust = (document: Document, role: string) =>
  statementsOf(document.resource.aws_iam_role?.[role], "assume_role_policy");

it("trusts the pool's clients, checks each token at the pool, and gives nothing to guests", () => {
  const { resource } = identityPool();
  expect(only(resource, "aws_cognito_identity_pool")).toMatchObject({
    identity_pool_name: "acme",
    allow_unauthenticated_identities: false,
    allow_classic_flow: false,
    cognito_identity_providers: [
      {
        client_id: "${aws_cognito_user_pool_client.web.id}",
        provider_name: "${aws_cognito_user_pool.user_pool.endpoint}",
        server_side_token_check: true,
      },
    ],
  });
  expect(Object.keys(resource.aws_iam_role ?? {})).toEqual(["pool_authenticated_role"]);
  expect(resource).not.toHaveProperty("aws_iam_role_policy");
  expect(only(resource, "aws_cognito_identity_pool_roles_attachment").roles).toEqual({
    authenticated: "${aws_iam_role.pool_authenticated_role.arn}",
  });
});

it("lets users of this identity pool alone have its role, signed in", () => {
  expect(trust(identityPool(), "pool_authenticated_role")).toEqual([
    {
      Effect: "Allow",
      Action: "sts:AssumeRoleWithWebIdentity",
      Principal: { Federated: "cognito-identity.amazonaws.com" },
      Condition: {
        StringEquals: { "cognito-identity.amazonaws.com:aud": "${aws_cognito_identity_pool.pool.id}" },
        "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "authenticated" },
      },
    },
  ]);
});

it.each([
  ["us-gov-west-1", "cognito-identity-us-gov.amazonaws.com"],
  ["cn-north-1", "cognito-identity.cn-north-1.amazonaws.com.cn"],
])("in %s the service is %s", (region, service) => {
  expect(trust(identityPool({ region }), "pool_authenticated_role")[0]?.Principal).toEqual({ Federated: service });
});

it("has a role for guests only where they are allowed", () => {
  const document = identityPool({ allowUnauthenticatedIdentities: true });
  expect(trust(document, "pool_unauthenticated_role")[0]?.Condition).toMatchObject({
    "ForAnyValue:StringLike": { "cognito-identity.amazonaws.com:amr": "unauthenticated" },
  });
  expect(only(document.resource, "aws_cognito_identity_pool_roles_attachment").roles).toHaveProperty("unauthenticated");
});

it("tags sessions with claims, which the role's trust then allows", () => {
  const document = identityPool({ principalTags: { username: "sub" } });
  expect(only(document.resource, "aws_cognito_identity_pool_provider_principal_tag")).toMatchObject({
    identity_pool_id: "${aws_cognito_identity_pool.pool.id}",
    identity_provider_name: "${aws_cognito_user_pool.user_pool.endpoint}",
    principal_tags: { username: "sub" },
    use_defaults: false,
  });
  expect(trust(document, "pool_authenticated_role")[0]?.Action).toContain("sts:TagSession");
});

it("chooses roles by a claim", () => {
  const roleMapping = { type: "Rules" as const, ambiguousRoleResolution: "Deny" as const, rules };
  expect(
    only(identityPool({ roleMapping }).resource, "aws_cognito_identity_pool_roles_attachment").role_mapping,
  ).toEqual([
    {
      identity_provider: "${aws_cognito_user_pool.user_pool.endpoint}:${aws_cognito_user_pool_client.web.id}",
      type: "Rules",
      ambiguous_role_resolution: "Deny",
      mapping_rule: [{ claim: "custom:plan", match_type: "Equals", value: "pro", role_arn: ROLE }],
    },
  ]);
});

it.each([
  [{ roleMapping: { type: "Token" } }, "AuthenticatedRole, Deny"],
  [{ roleMapping: { type: "Rules", ambiguousRoleResolution: "Deny" } }, "a list of 1 to 25 rules"],
  [{ roleMapping: { type: "Rules", ambiguousRoleResolution: "Deny", rules: [] } }, "a list of 1 to 25 rules"],
  [{ principalTags: {} }, "at most 50 tags"],
  [
    { principalTags: { plan: "custom:pla" } },
    'field "principalTags.plan": "custom:pla" is not allowed; allowed: custom',
  ],
  [
    {
      roleMapping: {
        type: "Rules",
        ambiguousRoleResolution: "Deny",
        rules: rules.map((rule) => ({ ...rule, claim: "custom:pla" })),
      },
    },
    'field "roleMapping.rules[0].claim": "custom:pla" is not allowed; allowed: custom attributes of the pool: custom:plan',
  ],
  [{ clients: [] }, "at least one client"],
  [{ name: "a/b" }, "a name of 1 to 50"],
  [
    { region: "cn-north-1", roleMapping: { type: "Rules", ambiguousRoleResolution: "Deny", rules } },
    "of the partition aws-cn",
  ],
])("%j is refused", (settings, message) => {
  expect(() => identityPool(settings as Settings)).toThrow(message);
});

it("takes rules whose roles are of the partition", () => {
  expect(
    identityPoolProblems({ roleMapping: { type: "Rules", ambiguousRoleResolution: "Deny", rules } }, "eu-west-1"),
  ).toEqual([]);
});

describe("of an environment", () => {
  const clients = {
    "user-pool": { clientType: "server" },
    worker: { clientType: "machine" },
    web: { clientType: "web" },
  };

  it("is for every client that signs users in, or for those that are named", () => {
    expect(identityPoolClients(undefined, clients)).toEqual(["user-pool", "web"]);
    expect(identityPoolClients(["web"], clients)).toEqual(["web"]);
  });

  it("refuses machines and clients that are not there", () => {
    expect(identityPoolClientProblems(["web"], clients)).toEqual([]);
    expect(identityPoolClientProblems(["worker", "other"], clients).map(({ value }) => value)).toEqual([
      "worker",
      "other",
    ]);
    expect(identityPoolClientProblems(undefined, { "user-pool": { clientType: "machine" } })).toHaveLength(1);
  });

  it("has its id as an output", () => {
    expect(environment({ identityPool: {} }).output).toHaveProperty("IdentityPoolId");
    expect(environment().output).not.toHaveProperty("IdentityPoolId");
  });
});
