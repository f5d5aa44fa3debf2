import { poolInState } from "../../../cli/adopt/read-state";
import { removedBlocks } from "../../../cli/adopt/removed";
import type { TakenOver } from "../../../cli/adopt/taken-over";

const POOL = "eu-west-1_AbCdEfGhI";
const OTHER = "eu-west-1_Another01";
const SECRET = "the-clients-secret";

const resource = (address: string, values: object, mode = "managed") => {
  const [type = ""] = address.replace(/^(?:module\.[^.]+\.)*/, "").split(".");
  return { address, mode, type, values };
};
const ARN = `arn:aws:cognito-idp:eu-west-1:111122223333:userpool/${POOL}`;
const pool = (address: string, id: string) =>
  resource(address, { id, arn: ARN, name: "users", tags_all: { team: "web" } });
const state = (...resources: object[]) =>
  JSON.stringify({ values: { root_module: { child_modules: [{ resources }], resources: [] } } });

const ALL = [
  pool('module.auth["a"].aws_cognito_user_pool.this[0]', POOL),
  resource('module.auth["a"].aws_cognito_user_pool_client.all["web"]', {
    id: "1client",
    user_pool_id: POOL,
    name: "web",
    client_secret: SECRET,
  }),
  resource("module.auth.aws_cognito_user_group.staff", { user_pool_id: POOL, name: "staff" }),
  resource("module.auth.aws_cognito_identity_provider.okta", {
    user_pool_id: POOL,
    provider_name: "Okta",
    provider_details: { client_id: "acme", client_secret: SECRET },
  }),
  resource("module.auth.aws_cognito_risk_configuration.risk", {
    id: POOL,
    user_pool_id: POOL,
    client_id: "",
    compromised_credentials_risk_configuration: [{ actions: [{ event_action: "BLOCK" }], event_filter: ["SIGN_IN"] }],
    risk_exception_configuration: [],
  }),
  resource("module.auth.aws_cognito_risk_configuration.web", {
    id: `${POOL}:1client`,
    user_pool_id: POOL,
    client_id: "1client",
    risk_exception_configuration: [{ skipped_ip_range_list: ["192.0.2.0/24"] }],
  }),
  resource("module.auth.aws_cognito_user_pool_ui_customization.all", {
    id: `${POOL},ALL`,
    user_pool_id: POOL,
    client_id: "ALL",
    css: ".label-customizable { color: red; }",
    css_version: "1",
    image_file: null,
    image_url: "",
  }),
  resource("module.auth.aws_cognito_user_pool_ui_customization.web", {
    user_pool_id: POOL,
    client_id: "1client",
    css: ".label-customizable { color: blue; }",
  }),
  resource("aws_wafv2_web_acl_association.pool", { resource_arn: ARN, web_acl_arn: "arn:aws:wafv2:x" }),
  resource("aws_wafv2_web_acl_association.other", { resource_arn: `${ARN}2`, web_acl_arn: "arn:aws:wafv2:x" }),
  resource("aws_cognito_identity_pool.app", {
    identity_pool_name: "app",
    cognito_identity_providers: [{ client_id: "1", provider_name: `cognito-idp.eu-west-1.amazonaws.com/${POOL}` }],
  }),
  resource("module.auth.data.aws_cognito_user_pool.x", { id: POOL }, "data"),
];

it("a pool is read with all that belongs to it, and without secrets", () => {
  const read = poolInState(state(...ALL), "state.json", undefined);
  expect(read).toMatchObject({
    poolId: POOL,
    region: "eu-west-1",
    pool: { id: POOL, values: { name: "users", tags: { team: "web" } } },
    clients: [{ id: `${POOL}/1client`, hasSecret: true, values: { name: "web" } }],
    others: [
      { id: `${POOL}/staff` },
      { id: `${POOL}:Okta`, values: { provider_details: { client_id: "acme" } } },
      {
        id: POOL,
        from: "module.auth.aws_cognito_risk_configuration.risk",
        values: { compromised_credentials_risk_configuration: [{ event_filter: ["SIGN_IN"] }] },
      },
      { id: `${POOL},ALL`, values: { css: ".label-customizable { color: red; }" } },
      { id: `arn:aws:wafv2:x,${ARN}`, values: { web_acl_arn: "arn:aws:wafv2:x" } },
    ],
    outside: [
      "module.auth.aws_cognito_risk_configuration.web: risk_exception_configuration (riskConfiguration: it is for all clients)",
      "module.auth.aws_cognito_user_pool_ui_customization.web: css (uiCustomization: it is for all clients)",
      "aws_cognito_identity_pool.app: identity_pool_name, cognito_identity_providers (identityPool: it makes another one)",
    ],
  });
  expect(JSON.stringify(read)).not.toContain(SECRET);
});

it("a plan's file says the same by the state before it", () => {
  const { values } = JSON.parse(state(...ALL));
  expect(poolInState(JSON.stringify({ prior_state: { values } }), "plan.json", undefined).poolId).toBe(POOL);
});

it.each([
  ["no JSON", "{", /state.json is no JSON/],
  ["another JSON", "{}", /not what `terraform show -json` prints/],
  ["no pool", state(), /state.json has no user pool/],
  ["an empty state", '{"format_version":"1.0"}', /state.json has no user pool/],
  [
    "one pool at two addresses",
    state(pool("aws_cognito_user_pool.a", POOL), pool("aws_cognito_user_pool.b", POOL)),
    /one aws_cognito_user_pool at two addresses, aws_cognito_user_pool.a and aws_cognito_user_pool.b/,
  ],
  [
    "one client at two addresses",
    state(
      ...["a", "b"].map((name) => resource(`aws_cognito_user_pool_client.${name}`, { id: "1", user_pool_id: POOL })),
      ALL[0] ?? {},
    ),
    /one aws_cognito_user_pool_client at two addresses/,
  ],
  [
    "two pools",
    state(pool("aws_cognito_user_pool.a", POOL), pool("aws_cognito_user_pool.b", OTHER)),
    /say which with --pool/,
  ],
  [
    "an id that would end a comment of the settings' file",
    state(pool("aws_cognito_user_pool.a", "eu-west-1_A*/;require('node:child_process').execSync('id');/*")),
    /is no id of a user pool/,
  ],
  [
    "an address that would be more of a configuration than an address",
    state(
      pool("aws_cognito_user_pool.a", POOL),
      resource('aws_cognito_user_group.x\n}\nresource "null_resource" "p" {', { user_pool_id: POOL, name: "x" }),
    ),
    /a resource that Terraform does not write so/,
  ],
  [
    "a resource without values",
    JSON.stringify({
      values: { root_module: { resources: [{ address: "aws_cognito_user_pool.a", mode: "managed" }] } },
    }),
    /a resource that Terraform does not write so/,
  ],
  [
    "a list that is none",
    JSON.stringify({ values: { root_module: { resources: {} } } }),
    /not what `terraform show -json` prints/,
  ],
])("%s is refused", (_, text, message) => {
  expect(() => poolInState(text, "state.json", undefined)).toThrow(message);
});

it("what was replaced and could not be deleted is not read, nor the mark of a byte order", () => {
  const deposed = {
    ...resource("aws_cognito_user_pool_client.a", { id: "2old", user_pool_id: POOL }),
    deposed_key: "9d6",
  };
  const read = poolInState(`\uFEFF${state(...ALL, deposed)}`, "state.json", POOL);
  expect(read.clients.map(({ id }) => id)).toEqual([`${POOL}/1client`]);
});

it("keys of instances that may be users' addresses are not printed", () => {
  const users = ["ana@example.com", "ben@example.com", "cleo"].map((key) =>
    resource(`module.auth["prod"].aws_cognito_user.u["${key}"]`, { user_pool_id: POOL, username: key }),
  );
  const { outside } = poolInState(state(...ALL, ...users), "state.json", POOL);
  expect(outside).toContain("module.auth[…].aws_cognito_user.u[…]: username (no setting)");
  expect(outside.join()).not.toMatch(/example.com|cleo/);
});

it("one of two pools is the one that is named", () => {
  const both = state(pool("aws_cognito_user_pool.a", POOL), pool("aws_cognito_user_pool.b", OTHER));
  expect(poolInState(both, "state.json", OTHER).poolId).toBe(OTHER);
});

it("the other module forgets what is taken over, whole resources, and what would be too much is said", () => {
  const second = resource('module.auth["b"].aws_cognito_user_pool_client.all["web"]', { user_pool_id: OTHER });
  const read = poolInState(state(...ALL, second), "state.json", POOL);
  const taken = [read.pool, ...read.clients, ...read.others.slice(2)].map(
    (existing): TakenOver => ({ address: "", existing, keep: {} }),
  );
  const { text, tooMuch } = removedBlocks(taken, read);
  expect(text.match(/from = .*/g)).toEqual([
    "from = module.auth.aws_cognito_user_pool.this",
    "from = module.auth.aws_cognito_user_pool_client.all",
    "from = module.auth.aws_cognito_risk_configuration.risk",
    "from = module.auth.aws_cognito_user_pool_ui_customization.all",
    "from = aws_wafv2_web_acl_association.pool",
  ]);
  expect(text.match(/destroy = false/g)).toHaveLength(5);
  expect(tooMuch).toEqual([second.address]);
});
