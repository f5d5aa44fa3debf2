import { findingsOf } from "../../policy/findings";

const record = (file_path: string) => ({
  check_id: "CKV_AWS_18",
  check_name: "Ensure that it is logged",
  file_path,
  resource: "aws_s3_bucket.state_bucket",
  guideline: null,
});
const report = (passed_checks: object[], failed_checks: object[], parsing_errors: string[] = []) => ({
  results: { passed_checks, failed_checks, parsing_errors },
});

it("a finding is of the stack whose plan it was found in", () => {
  expect(findingsOf(report([record("/dev.json")], [record("/plans/state.json")]), ["dev", "state"])).toMatchObject([
    { stack: "dev", check: "CKV_AWS_18", resource: "aws_s3_bucket.state_bucket", passed: true },
    { stack: "state", title: "Ensure that it is logged", passed: false },
  ]);
});

it.each([
  ["a plan of which nothing is said", report([record("/dev.json")], []), "could not read the plan of prod"],
  ["a file that could not be parsed", report([record("/dev.json"), record("/prod.json")], [], ["/x.json"]), "/x.json"],
  // What checkov prints where no file was of its kind.
  ["a report without results", { passed: 0, failed: 0, skipped: 0, parsing_errors: 0 }, "looked at nothing"],
])("an error, not a pass: %s", (_, json, message) => {
  expect(() => findingsOf(json, ["dev", "prod"])).toThrow(message);
});
