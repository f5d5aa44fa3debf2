import { withoutNulls, withTexts } from "../../policy/plan";

it("what is null in a plan is not there, however deep; everything else is", () => {
  const values = { kms_key_arn: null, name: "", count: 0, off: false, blocks: [{ inner: null, deep: [[null, {}]] }] };
  expect(withoutNulls({ format_version: "1.2", planned_values: { values }, prior_state: null })).toEqual({
    format_version: "1.2",
    planned_values: { values: { name: "", count: 0, off: false, blocks: [{ deep: [[null, {}]] }] } },
    prior_state: null,
  });
});

it("a policy that is not known yet is the one that was written, and nothing else is filled in", () => {
  const policy = '{"Statement":[{"Action":"*","Resource":"${aws_a.b.arn}"}]}';
  const plan = (values: object | undefined) => ({
    planned_values: { root_module: { resources: [{ type: "aws_iam_role_policy", name: "all", values }] } },
  });
  const synthesized = { resource: { aws_iam_role_policy: { all: { name: "${aws_c.d.name}", policy } } } };
  expect(withTexts(plan({ role: "r" }), synthesized)).toEqual(plan({ role: "r", policy }));
  expect(withTexts(plan(undefined), synthesized)).toEqual(plan({ policy }));
  expect(withTexts(plan({ policy: "{}" }), synthesized)).toEqual(plan({ policy: "{}" }));
  expect(withTexts(plan({ policy: null }), {})).toEqual(plan({ policy: null }));
});
