import { readPlan, UnreadablePlan } from "../../review/plan";
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

it("takes a plan without flags, of an older Terraform, for complete", () => {
  expect(readPlan({ format_version: "1.0", resource_changes: [] })).toMatchObject({ complete: true, errored: false });
});

it("reads resources of child modules out of the state", () => {
  const child = { resources: [{ type: "a", values: { id: "1" } }] };
  const prior_state = { values: { root_module: { child_modules: [{ child_modules: [child] }] } } };
  expect(readPlan({ format_version: "1.2", resource_changes: [], prior_state }).state).toMatchObject([
    { type: "a", values: { id: "1" } },
  ]);
});
