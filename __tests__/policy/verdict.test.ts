import type { Exception } from "../../policy/exceptions";
import type { Finding } from "../../policy/findings";
import { judge, type Stack } from "../../policy/verdict";

const STACKS: Stack[] = [
  { name: "dev", kind: "non-production", scanned: true },
  { name: "staging", kind: "non-production", scanned: true },
  { name: "prod", kind: "production", scanned: true },
  { name: "state", kind: "state", scanned: true },
];

const finding = (stack: string, passed: boolean, check = "CKV_1", resource = "aws_a.b"): Finding => ({
  stack,
  check,
  resource,
  title: "Ensure it",
  passed,
});
const exception = (changes: Partial<Exception> = {}): Exception => ({
  check: "CKV_1",
  resource: "aws_a.b",
  reason: "A reason that says something.",
  line: 7,
  ...changes,
});
const judged = (findings: Finding[], exceptions: Exception[], stacks = STACKS) =>
  judge(findings, { exceptions, problems: [] }, stacks);

const everywhere = (passed: boolean) => STACKS.map(({ name }) => finding(name, passed));

it("what fails is failed, excepted or neither", () => {
  const findings = [finding("dev", true), finding("prod", false), finding("prod", false, "CKV_2")];
  expect(judged(findings, [exception()])).toMatchObject({
    passed: 1,
    excepted: [{ stack: "prod", check: "CKV_1", exception: { line: 7 } }],
    failed: [{ stack: "prod", check: "CKV_2" }],
    problems: [],
  });
});

it("what is wrong with the file is a problem", () => {
  expect(judge([], { exceptions: [], problems: ["line 1: no"] }, STACKS).problems).toEqual(["line 1: no"]);
});

it.each<[string, Partial<Exception>]>([
  ["another check", { check: "CKV_2" }],
  ["another resource", { resource: "aws_a.c" }],
  ["another environment", { environments: ["dev"] }],
  ["environments that are not production", { environments: "non-production" }],
])("an exception for %s excepts nothing", (_, changes) => {
  expect(judged([finding("prod", false)], [exception(changes)])).toMatchObject({ excepted: [], failed: [{}] });
});

it("an exception for what is not production is not one for production, nor for the state", () => {
  const { failed, excepted } = judged(everywhere(false), [exception({ environments: "non-production" })]);
  expect(excepted.map(({ stack }) => stack)).toEqual(["dev", "staging"]);
  expect(failed.map(({ stack }) => stack)).toEqual(["prod", "state"]);
});

describe("an exception that nothing needs", () => {
  const problem = (findings: Finding[], changes: Partial<Exception> = {}, stacks = STACKS) =>
    judged(findings, [exception(changes)], stacks).problems;
  const only = (...names: string[]) => STACKS.map((stack) => ({ ...stack, scanned: names.includes(stack.name) }));

  it("is a problem where the check passes everywhere", () => {
    expect(problem(everywhere(true))).toEqual([
      "line 7: CKV_1 on aws_a.b is needed nowhere: the check passes, so delete the exception",
    ]);
  });

  it("is a problem where there is no such check, or no such resource", () => {
    expect(problem(everywhere(true), { check: "CKV_9" })).toEqual([expect.stringContaining("there is no such check")]);
    expect(problem(everywhere(true), { resource: "aws_a.c" })).toEqual([
      expect.stringContaining("no resource of this"),
    ]);
  });

  it("is none where one stack needs it", () => {
    expect(problem([...everywhere(true), finding("prod", false)])).toEqual([]);
  });

  it("is a problem in each environment that it names", () => {
    expect(problem([finding("dev", false), finding("prod", true)], { environments: ["dev", "prod"] })).toEqual([
      expect.stringContaining("is not needed in prod"),
    ]);
  });

  it("is not judged before all its stacks have been looked at", () => {
    expect(problem([finding("dev", true)], {}, only("dev"))).toEqual([]);
    expect(problem([finding("dev", true)], { environments: ["prod"] }, only("dev"))).toEqual([]);
    expect(problem([finding("dev", true)], { environments: "non-production" }, only("dev"))).toEqual([]);
    expect(problem([finding("dev", true)], { environments: "non-production" }, only("dev", "staging"))).toHaveLength(1);
  });

  it("is none where there are no environments that it could be for", () => {
    const production = STACKS.filter(({ kind }) => kind !== "non-production");
    expect(problem([finding("prod", true)], { environments: "non-production" }, production)).toEqual([]);
  });
});

it("an exception for an environment that there is not is a problem", () => {
  expect(judged([], [exception({ environments: ["production"] })]).problems).toEqual([
    "line 7: CKV_1 on aws_a.b names an environment that there is not: production",
  ]);
});

it.each<[Partial<Exception>, Partial<Exception>]>([
  [{}, {}],
  [{}, { environments: ["prod"] }],
  [{ environments: "non-production" }, { environments: ["dev"] }],
])("two of the same are a problem: %j and %j", (one, other) => {
  const { problems } = judged(everywhere(false), [exception({ ...one, line: 3 }), exception(other)]);
  expect(problems).toEqual(["line 7: CKV_1 on aws_a.b is excepted already on line 3"]);
});

it("two of the same for different environments are not", () => {
  const two = [exception({ environments: "non-production" }), exception({ environments: ["prod"] })];
  expect(judged(everywhere(false), two).problems).toEqual([]);
});

it("an exception with a * in its resource is for every resource that it matches, and for no other", () => {
  const findings = ["aws_a.b", "aws_a.c_d", 'aws_a.e["f"]', "aws_ab.c"].map((resource) =>
    finding("dev", false, "CKV_1", resource),
  );
  const { excepted, failed } = judged(findings, [exception({ resource: "aws_a.*" })]);
  expect(excepted.map(({ resource }) => resource)).toEqual(["aws_a.b", "aws_a.c_d", 'aws_a.e["f"]']);
  expect(failed.map(({ resource }) => resource)).toEqual(["aws_ab.c"]);
});

it("an exception that a setting can make needless is no problem where nothing needs it", () => {
  expect(judged(everywhere(true), [exception({ settings: ["kmsKeyArn"] })]).problems).toEqual([]);
  expect(judged(everywhere(true), [exception()]).problems).toHaveLength(1);
});
