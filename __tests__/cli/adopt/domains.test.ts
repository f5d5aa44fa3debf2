import { decisions } from "../../../cli/adopt/decisions";
import type { FoundPool } from "../../../cli/adopt/existing";
import { adoptionOf } from "../../../cli/adopt/plan";
import { poolInState } from "../../../cli/adopt/read-state";
import { POOL, POOL_ARN } from "./around";

const PLACE = { project: "acme", environment: "prod" };
const ADDRESS = "aws_cognito_user_pool_domain.user_pool_domain";
const INSENSITIVE = { username_configuration: [{ case_sensitive: false }] };

function inState(domains: object, resources: readonly object[] = []): FoundPool {
  const type = "aws_cognito_user_pool";
  const values = { id: POOL, arn: POOL_ARN, name: "users", ...INSENSITIVE, ...domains };
  const pool = { address: "module.auth.aws_cognito_user_pool.this", mode: "managed", type, values };
  const root_module = { child_modules: [{ resources: [pool, ...resources] }] };
  // In a plan, planned values come first.
  const text = `\uFEFF${JSON.stringify({ planned_values: { root_module: {} }, prior_state: { values: { root_module } } })}`;
  return poolInState(text, "state.json", undefined);
}

async function adopted(existing: FoundPool) {
  const adoption = await adoptionOf(existing, PLACE);
  const { imports, keep = {} } = adoption.settings.adopted as Record<string, Record<string, unknown>>;
  const isDomain = (address: string) => address.startsWith("aws_cognito_user_pool_domain");
  return {
    imported: Object.entries(imports ?? {}).filter(([address]) => isDomain(address)),
    kept: keep[ADDRESS],
    made: adoption.made.filter(isDomain),
    prefix: adoption.settings.domainPrefix,
    open: decisions(existing, adoption, PLACE),
  };
}

const domain = (name: string) => ({
  address: "module.auth.aws_cognito_user_pool_domain.this",
  mode: "managed",
  type: "aws_cognito_user_pool_domain",
  values: { domain: name, user_pool_id: POOL },
});

it("a prefix domain of the state is taken over, and nothing is to be decided", async () => {
  expect(await adopted(inState({ domain: "acme" }, [domain("acme")]))).toEqual({
    imported: [[ADDRESS, "acme"]],
    kept: undefined,
    made: [],
    prefix: "acme",
    open: [],
  });
});

it("a prefix domain that the state only names is taken over by its name, and said: a pool has one at most", async () => {
  expect(await adopted(inState({ domain: "acme" }))).toEqual({
    imported: [[ADDRESS, "acme"]],
    kept: undefined,
    made: [],
    prefix: "acme",
    open: [expect.stringContaining("has no resource of the pool's prefix domain acme")],
  });
});

it.each([
  ["of words that Cognito reserves", "my-aws-login"],
  ["of another environment", "one-account-dev-v2"],
])("a prefix %s, which settings refuse, is kept as an argument, and said: no second one is made", async (_, name) => {
  expect(await adopted(inState({ domain: name }, [domain(name)]))).toEqual({
    imported: [[ADDRESS, name]],
    kept: { domain: name },
    made: [],
    prefix: undefined,
    open: [expect.stringContaining(`the prefix domain ${name} is refused as domainPrefix`)],
  });
});

it("a pool without a prefix domain gets one; a custom domain that the state only names stays outside", async () => {
  const existing = inState({ domain: "", custom_domain: "login.acme.com" });
  expect(existing.outside).toEqual(["aws_cognito_user_pool_domain (login.acme.com): not in this state"]);
  expect(await adopted(existing)).toMatchObject({ imported: [], made: [ADDRESS], open: [] });
});
