import { decisions } from "../../../cli/adopt/decisions";
import type { FoundPool, Values } from "../../../cli/adopt/existing";
import type { Adoption } from "../../../cli/adopt/plan";
import { secretParameter } from "../../../cli/adopt/provider-settings";

const PLACE = { project: "acme", environment: "prod" };
const OWN = "arn:aws:lambda:eu-west-1:111122223333:function:own";
const NOTHING: Adoption = { settings: {}, refused: [], taken: [], left: [], made: [], changed: {} };
const INSENSITIVE = { username_configuration: [{ case_sensitive: false }] };

function open(values: Values, others: FoundPool["others"] = [], left: Adoption["left"] = []): string[] {
  const pool = { type: "aws_cognito_user_pool" as const, id: "x", values };
  const existing = { poolId: "x", region: "eu-west-1", pool, clients: [], others, outside: [] };
  return decisions(existing, { ...NOTHING, left }, PLACE);
}

it("nothing is to be decided about a pool that ignores letter case, without functions, providers and tags", () => {
  expect(open(INSENSITIVE)).toEqual([]);
  expect(open({ ...INSENSITIVE, tags: { project: "acme", team: "web" } })).toEqual([]);
});

it.each([
  [
    "a function before sign-ups that cannot be asked",
    { ...INSENSITIVE, lambda_config: [{ pre_sign_up: OWN }] },
    `not taken over: pre_sign_up ${OWN}`,
  ],
  ["letter case, where nothing was said", {}, "Ana and ana"],
  ["letter case, where it counts", { username_configuration: [{ case_sensitive: true }] }, "Ana and ana"],
  ["another project's tag", { ...INSENSITIVE, tags: { project: "other" } }, "untag-resource"],
])("a person decides about %s", (_, values, text) => {
  expect(open(values)).toEqual([expect.stringContaining(text)]);
});

it("a function before sign-ups that is asked is no question, but for its permission in another account", () => {
  const values = { ...INSENSITIVE, lambda_config: [{ pre_sign_up: OWN }] };
  const settings = { triggers: { preSignUp: { functionArn: OWN } } };
  const pool = { type: "aws_cognito_user_pool" as const, id: "x", values };
  const existing = {
    poolId: "x",
    region: "eu-west-1",
    account: "111122223333",
    pool,
    clients: [],
    others: [],
    outside: [],
  };
  expect(decisions(existing, { ...NOTHING, settings }, PLACE)).toEqual([]);
  expect(decisions({ ...existing, account: "444455556666" }, { ...NOTHING, settings }, PLACE)).toEqual([
    expect.stringContaining("has to let the role acme-prod-pre-sign-up of the account 444455556666 call it"),
  ]);
});

it("a person stores the secrets of identity providers, which SAML has none of", () => {
  const type = "aws_cognito_identity_provider" as const;
  const provider = (provider_name: string, provider_type: string) => ({
    type,
    id: "x",
    values: { provider_name, provider_type },
  });
  const [google, ...rest] = open(INSENSITIVE, [provider("Google", "Google"), provider("Entra", "SAML")]);
  expect(google).toContain("--name /acme/prod/identity-providers/Google");
  expect(rest).toEqual([]);
});

it("two identity providers never share the parameter of their secrets", () => {
  const names = ["a-b", "a+b", "a b", "a--b", "A-b"];
  const parameters = names.map((name) => secretParameter("acme", "prod", name));
  expect(new Set(parameters).size).toBe(names.length);
  expect(parameters[0]).toBe("/acme/prod/identity-providers/a-b");
  for (const parameter of parameters) expect(parameter).toMatch(/^[\w./-]+$/);
});

it("a state that leaves constraints out is not enough", () => {
  const schema = [{ name: "plan", attribute_data_type: "String" }];
  const pool = { type: "aws_cognito_user_pool" as const, id: "x", values: { ...INSENSITIVE, schema } };
  const existing = { poolId: "x", region: "eu-west-1", pool, clients: [], others: [], outside: [] };
  expect(decisions(existing, NOTHING, PLACE)).toEqual([]);
  expect(decisions({ ...existing, pool: { ...pool, from: "aws_cognito_user_pool.this" } }, NOTHING, PLACE)).toEqual([
    expect.stringContaining("constraints of plan"),
  ]);
});

it("a CloudFormation stack gives the pool up first", () => {
  const pool = { type: "aws_cognito_user_pool" as const, id: "x", values: INSENSITIVE };
  const existing = { poolId: "x", region: "eu-west-1", pool, clients: [], others: [], outside: [] };
  expect(decisions({ ...existing, cloudFormationStack: "auth" }, NOTHING, PLACE)).toEqual([
    expect.stringMatching(/CloudFormation stack auth .* DeletionPolicy: Retain/),
  ]);
});

it("what has no place in the settings is named", () => {
  const left = [{ type: "aws_cognito_user_group" as const, id: "x/a b", values: {} }];
  expect(open(INSENSITIVE, [], left)).toEqual([expect.stringContaining("aws_cognito_user_group x/a b")]);
});
