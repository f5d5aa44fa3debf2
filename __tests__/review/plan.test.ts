import { readPlan, UnreadablePlan } from "../../review/plan";
import { review } from "../../review/report";
import { planJson, planOf } from "../support/plans/fixture";

it("knows the environment by the stack's own variable", () => {
  expect(planOf("nothing").workspace).toBe("prod");
  expect(planOf("bucket-tags").workspace).toBe("state");
  expect(readPlan({ ...planJson("nothing"), variables: {} }).workspace).toBeUndefined();
});

it.each([
  ["nothing", null],
  ["a text", "plan"],
  ["a list", []],
  ["another version of the format", { format_version: "2.0", resource_changes: [] }],
  ["no version", { resource_changes: [] }],
  ["a state", { format_version: "1.0", terraform_version: "1.11.4", values: {} }],
  ["an address that is missing", { format_version: "1.2", resource_changes: [{ change: { actions: ["create"] } }] }],
  ["changes that are no list", { format_version: "1.2", resource_changes: {} }],
  ["outputs that are no object", { format_version: "1.2", resource_changes: [], output_changes: [] }],
  ["drift that is no list", { format_version: "1.2", resource_changes: [], resource_drift: {} }],
  ["a flag that is none", { format_version: "1.2", resource_changes: [], complete: null }],
  ["another flag that is none", { format_version: "1.2", resource_changes: [], errored: "true" }],
  ["a state that is no object", { format_version: "1.2", resource_changes: [], prior_state: [] }],
  [
    "a state's resources that are no list",
    { format_version: "1.2", resource_changes: [], prior_state: { values: { root_module: { resources: {} } } } },
  ],
  ["a configuration that is none", { format_version: "1.2", resource_changes: [], configuration: null }],
  [
    "a configuration's resources that are no list",
    { format_version: "1.2", resource_changes: [], configuration: { root_module: { resources: {} } } },
  ],
  [
    "a configuration's module that is no object",
    { format_version: "1.2", resource_changes: [], configuration: { root_module: [] } },
  ],
  [
    "what is nested too deep",
    { format_version: "1.2", resource_changes: [], x: JSON.parse(`${"[".repeat(20_000)}${"]".repeat(20_000)}`) },
  ],
  ["a change that is missing", { format_version: "1.2", resource_changes: [{ address: "a.b", type: "a" }] }],
])("refuses %s", (_, document) => {
  expect(() => readPlan(document)).toThrow(UnreadablePlan);
});

it("refuses an action that it does not know, because it may be a dangerous one", () => {
  const change = { address: "a.b", type: "a", change: { actions: ["vaporize"] } };
  expect(() => readPlan({ format_version: "1.2", resource_changes: [change] })).toThrow(
    'a.b: there is no action ["vaporize"].',
  );
});

it.each([
  [["delete", "create"], "replace", false],
  [["create", "delete"], "replace", true],
  [["create", "forget"], "replace", true],
  [["forget", "create"], "replace", false],
] as const)("%j is a replacement", (actions, action, createFirst) => {
  const change = { address: "a.b", type: "a", change: { actions } };
  expect(readPlan({ format_version: "1.2", resource_changes: [change] }).resources).toMatchObject([
    { action, createFirst },
  ]);
});

it("does not take a plan for complete that does not say so, as OpenTofu's", () => {
  const plan = readPlan({ format_version: "1.2", resource_changes: [] });
  expect(plan).toMatchObject({ complete: undefined, errored: false });
  expect(review(plan, "dev")).toMatchObject({
    verdict: "blocked",
    problems: expect.arrayContaining([expect.stringContaining("does not say whether something was left out")]),
  });
});

it("reads resources of child modules out of the state", () => {
  const child = { resources: [{ type: "a", values: { id: "1" } }] };
  const prior_state = { values: { root_module: { child_modules: [{ child_modules: [child] }] } } };
  expect(readPlan({ format_version: "1.2", resource_changes: [], prior_state }).state).toMatchObject([
    { type: "a", values: { id: "1" } },
  ]);
});

it("says what it does not know of the configuration", () => {
  const json = planJson("nothing");
  json.configuration.root_module.actions = [{ address: "action.aws_lambda_invoke.x" }];
  json.configuration.root_module.resources[0].action_triggers = [{}];
  const { address } = json.configuration.root_module.resources[0];
  expect(readPlan(json).unread).toEqual([
    "configuration.root_module.actions",
    `configuration.${address}.action_triggers`,
  ]);
});

it("reads a text that is nested too deep as a text", () => {
  const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
  const change = { actions: ["update"], before: { x: deep }, after: { x: `${deep} ` } };
  const document = { format_version: "1.2", resource_changes: [{ address: "a.b", type: "a", change }] };
  expect(review(readPlan(document), "prod")).toMatchObject({ verdict: "blocked" });
});
