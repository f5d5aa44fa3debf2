import { readdirSync } from "node:fs";
import { ARGUMENTS, NOT_MADE, reachOf } from "../../catalogue/arguments/all";
import { argumentsOf } from "../../catalogue/arguments/provider";
import { environmentSettings } from "../../settings/schema";

const known = Object.keys(ARGUMENTS).flatMap((type) => argumentsOf(type).map((argument) => ({ type, argument })));

it("every Cognito resource of the provider is in the list, and WAF's association", () => {
  const types = readdirSync("node_modules/@cdktf/provider-aws/lib")
    .filter((name) => name.startsWith("cognito-"))
    .map((name) => `aws_${name.replaceAll("-", "_")}`);
  const listed = [...Object.keys(ARGUMENTS), ...Object.keys(NOT_MADE)];
  expect(listed.sort()).toEqual([...types, "aws_wafv2_web_acl_association"].sort());
});

it("the provider's bindings have the arguments that were counted in them", () => {
  expect(argumentsOf("aws_cognito_user_pool")).toContain("account_recovery_setting.recovery_mechanism.priority");
  expect(argumentsOf("aws_cognito_user_pool_client")).toContain("refresh_token_rotation.feature");
  expect(known).toHaveLength(258);
});

it.each(Object.keys(ARGUMENTS))("%s: every argument has an entry, every entry an argument", (type) => {
  const all = argumentsOf(type);
  const entries = all.map((argument) => reachOf(type, argument)?.[0]);
  expect(all.filter((_, index) => entries[index] === undefined)).toEqual([]);
  expect([...new Set(entries)].sort()).toEqual(Object.keys(ARGUMENTS[type] ?? {}).sort());
});

it("fewer than 5 of 100 arguments cannot be reached", () => {
  const out = known.filter(({ type, argument }) => reachOf(type, argument)?.[1].kind === "unreachable");
  expect(out.length / known.length).toBeLessThan(0.05);
});

it("settings that are named are settings", () => {
  const named = known.flatMap(({ type, argument }) => {
    const [, reach] = reachOf(type, argument) ?? [];
    return reach?.kind === "set" ? [reach.by] : [];
  });
  expect(named.filter((name) => !(name in environmentSettings))).toEqual([]);
});
