import { withoutNulls } from "../../policy/plan";

it("what is null in a plan is not there, however deep; everything else is", () => {
  const values = { kms_key_arn: null, name: "", count: 0, off: false, blocks: [{ inner: null, deep: [[null, {}]] }] };
  expect(withoutNulls({ format_version: "1.2", planned_values: { values }, prior_state: null })).toEqual({
    format_version: "1.2",
    planned_values: { values: { name: "", count: 0, off: false, blocks: [{ deep: [[null, {}]] }] } },
    prior_state: null,
  });
});
