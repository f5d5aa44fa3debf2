import { readFileSync } from "node:fs";
import { readExceptions } from "../../policy/exceptions";

const ENTRY = `
- check: CKV_AWS_116
  resource: aws_lambda_function.pre_sign_up
  reason: Cognito calls a trigger synchronously.
`;

it("an exception names a check, a resource and a reason, and knows its line", () => {
  expect(readExceptions(`# why\n${ENTRY}  environments: [dev]\n`)).toEqual({
    problems: [],
    exceptions: [
      {
        check: "CKV_AWS_116",
        resource: "aws_lambda_function.pre_sign_up",
        reason: "Cognito calls a trigger synchronously.",
        environments: ["dev"],
        line: 3,
      },
    ],
  });
});

it("the project's own can all be accepted", () => {
  const { exceptions, problems } = readExceptions(readFileSync("policy/exceptions.yaml", "utf8"));
  expect(problems).toEqual([]);
  expect(exceptions.length).toBeGreaterThan(0);
});

it("an empty file excepts nothing", () => {
  expect(readExceptions("# nothing\n")).toEqual({ exceptions: [], problems: [] });
});

it.each([
  ["no reason at all", "- check: A\n  resource: b\n", "reason: "],
  ["an empty one", '- check: A\n  resource: b\n  reason: ""\n', "reason: "],
  ["one too short to say anything", "- check: A\n  resource: b\n  reason: we accept this\n", "reason: "],
  ["a promise", "- check: A\n  resource: b\n  reason: TODO look at this one some day soon\n", "reason: "],
  ["a verdict", "- check: A\n  resource: b\n  reason: False positive, it was there all the time\n", "reason: "],
  ["no check", `- resource: b\n  reason: Something that says why it is fine.\n`, "check: "],
  ["no resource", `- check: A\n  reason: Something that says why it is fine.\n`, "resource: "],
  ["a field that there is not", `${ENTRY}  until: tomorrow\n`, "no field until"],
  ["environments that are none", `${ENTRY}  environments: production\n`, "environments: "],
  ["a setting that there is not", `${ENTRY}  settings: [kmsKey]\n`, "there is no setting kmsKey"],
  ["settings that are none", `${ENTRY}  settings: kmsKeyArn\n`, "settings: "],
  ["something else than a list", "check: A\n", "not a list"],
  ["an entry that is a word", "- CKV_AWS_116\n", "check, resource and reason"],
  ["no YAML", "- a: [\n", "line "],
])("it is a problem, and excepts nothing: %s", (_, text, problem) => {
  const { exceptions, problems } = readExceptions(text, ["kmsKeyArn"]);
  expect(exceptions).toEqual([]);
  expect(problems).toEqual([expect.stringContaining(problem)]);
  expect(problems[0]).toMatch(/^line \d+: /);
});
