import { readPlan } from "../../review/plan";
import { review } from "../../review/report";
import { Edited } from "../support/plans/edited";
import { findingsOf, planJson } from "../support/plans/fixture";
import { NEIGHBOURS } from "../support/plans/neighbours";
import { HARMLESS_NEIGHBOURS } from "../support/plans/neighbours/harmless";
import { CLIENT, FUNCTION, TABLE } from "../support/plans/scenario";
import type { Block } from "../support/stack";

it.each(NEIGHBOURS.map((one) => [one.title, one] as const))("a plan is blocked where %s", (_, neighbour) => {
  const { plan, stack = "prod", edit, rule } = neighbour;
  const edited = new Edited(planJson(plan));
  edit(edited);
  const report = review(readPlan(edited.json), stack);
  expect(report.verdict).toBe("blocked");
  expect([...Object.values(findingsOf(report)).flat(), ...report.problems.map(() => "problem")]).toContain(rule);
});

it.each(HARMLESS_NEIGHBOURS.map((one) => [one.title, one] as const))("a plan passes where %s", (_, neighbour) => {
  const { plan, stack = "prod", edit } = neighbour;
  const edited = new Edited(planJson(plan));
  edit(edited);
  const report = review(readPlan(edited.json), stack);
  expect([findingsOf(report), report.problems]).toEqual([{}, []]);
});

it("a first deployment with a layer passes: its ARN is read from the stack's own parameter", () => {
  const edited = new Edited(planJson("weekly-new-environment"));
  const address = "data.aws_ssm_parameter.pre_sign_up_layer";
  const name = "acme-fresh-lambda-layer-parameter";
  const layer = "arn:aws:lambda:eu-west-1:000000000000:layer:helper:1";
  edited.set(FUNCTION, { layers: [layer] });
  edited.configured(FUNCTION).layers = {
    constant_value: [`\${${address}.insecure_value}`],
    references: [`${address}.insecure_value`, address],
  };
  const { configuration, prior_state } = edited.json;
  const source = { address, mode: "data", type: "aws_ssm_parameter" };
  const expressions = { name: { constant_value: name } };
  configuration.root_module.resources.push({ ...source, provider_config_key: "aws", expressions });
  prior_state.values.root_module.resources.push({
    ...source,
    values: { name, type: "String", value: layer, insecure_value: layer },
    sensitive_values: { value: true },
  });
  expect(findingsOf(review(readPlan(edited.json), "fresh"))).toEqual({});
});

it.each([
  [["email", "email_verified", "name"], []],
  [["email", "email_verified", "phone_number"], ["client-attributes"]],
])("a client that comes to read %j of the users: findings %j", (attributes, rules) => {
  const edited = new Edited(planJson("client-shorter-tokens"));
  edited.set(CLIENT, { read_attributes: attributes });
  expect(Object.values(findingsOf(review(readPlan(edited.json), "prod"))).flat()).toEqual(rules);
});

it("what Terraform marks wherever it is shown may be made of what no plan shows", () => {
  const edited = new Edited(planJson("weekly-tags"));
  Object.assign(edited.of(TABLE).after, { tags: { a: "x", b: "y" } });
  Object.assign(edited.of(TABLE).after_sensitive, { tags: { a: true } });
  const tags = { a: '${sensitive(file("x"))}${local.a}', b: "y" };
  edited.configured(TABLE).tags = { constant_value: tags, references: ["local.a"] };
  expect(findingsOf(review(readPlan(edited.json), "prod"))).toEqual({});
});

it("a resource that is repeated over values that the plan shows passes", () => {
  const edited = new Edited(planJson("weekly-memory"));
  edited.of(FUNCTION).after.description = "blue";
  edited.configured(FUNCTION).description = { constant_value: "${each.value}", references: ["each.value"] };
  const resources: Block[] = edited.json.configuration.root_module.resources;
  Object.assign(resources.find(({ address }) => address === FUNCTION) ?? {}, {
    for_each_expression: { constant_value: '${toset(["blue"])}' },
  });
  expect(findingsOf(review(readPlan(edited.json), "prod"))).toEqual({});
});

it("code that was replaced by hand, and that the plan replaces again, is no finding", () => {
  const edited = new Edited(planJson("weekly-code"));
  edited.of(FUNCTION).before.code_sha256 = "b3RoZXI=";
  expect(findingsOf(review(readPlan(edited.json), "prod"))).toEqual({});
});
