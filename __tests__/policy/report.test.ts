import { reportOf } from "../../policy/report";

const finding = { stack: "dev", check: "CKV_1", resource: "aws_a.b", title: "Ensure it", passed: false };
const exception = { check: "CKV_2", resource: "aws_a.b", reason: "A reason that says something.", line: 1 };

it("says what fails, why, and where to read about it, and sums up", () => {
  const verdict = {
    passed: 3,
    excepted: [
      { ...finding, exception },
      { ...finding, stack: "prod", exception },
    ],
    failed: [finding, { ...finding, guideline: "https://docs.example.com" }],
    problems: ["line 7: CKV_3 is needed nowhere"],
  };
  expect(reportOf(verdict, "exceptions.yaml")).toBe(`✗ dev: CKV_1 on aws_a.b
    Ensure it
✗ dev: CKV_1 on aws_a.b
    Ensure it
    https://docs.example.com
✗ exceptions.yaml, line 7: CKV_3 is needed nowhere
3 passed, 2 failed, 2 excepted by 1 exception (exceptions.yaml). 1 exception to put right.`);
});

it("says in one line that there is nothing to say", () => {
  expect(reportOf({ passed: 3, excepted: [], failed: [], problems: [] }, "exceptions.yaml")).toBe(
    "3 passed, 0 failed, 0 excepted by 0 exceptions (exceptions.yaml).",
  );
});
