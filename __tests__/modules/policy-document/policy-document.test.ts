import { grantDocument, policyDocument } from "../../../modules/policy-document/policy-document";

const statementsOf = (text: string) => JSON.parse(text).Statement;

it("a grant allows its actions on its resources, and nothing else", () => {
  expect(JSON.parse(grantDocument({ actions: ["a:B", "a:C"], resources: ["arn:1", "arn:2"] }))).toEqual({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["a:B", "a:C"], Resource: ["arn:1", "arn:2"] }],
  });
});

it("a list of one is written as IAM returns it, so that no later plan shows a difference", () => {
  expect(statementsOf(grantDocument({ actions: ["a:B"], resources: ["arn:1"] }))).toEqual([
    { Effect: "Allow", Action: "a:B", Resource: "arn:1" },
  ]);
});

it("a grant of nothing stays a grant of nothing", () => {
  expect(statementsOf(grantDocument({ actions: [], resources: [] }))).toEqual([
    { Effect: "Allow", Action: [], Resource: [] },
  ]);
});

it("a policy holds its statements in their order", () => {
  const statements = [
    { Effect: "Deny", Principal: "*", Action: "s3:*" },
    { Effect: "Allow", Action: "s3:GetObject" },
  ] as const;
  expect(statementsOf(policyDocument(...statements))).toEqual(statements);
});

it("a grant that holds under a condition only says so", () => {
  const grant = { actions: ["a:B"], resources: ["arn:1"], onlyWhere: { "kms:ViaService": "lambda" } };
  expect(statementsOf(grantDocument(grant))).toEqual([
    { Effect: "Allow", Action: "a:B", Resource: "arn:1", Condition: { StringEquals: { "kms:ViaService": "lambda" } } },
  ]);
});
