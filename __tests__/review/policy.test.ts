import { rightsOf, statementsOf } from "../../review/policy";

const text = (...Statement: readonly object[]) => JSON.stringify({ Version: "2012-10-17", Statement });

it("policies that say the same are the same, whatever their order and form", () => {
  const one = text({
    Effect: "Allow",
    Action: ["a:X", "a:Y"],
    Resource: "r",
    Condition: { StringEquals: { k: ["1", "2"] } },
  });
  const other = JSON.stringify({
    Statement: {
      Resource: ["r"],
      Action: ["a:Y", "a:X"],
      Effect: "Allow",
      Sid: "x",
      Condition: { StringEquals: { k: ["2", "1"] } },
    },
  });
  expect(rightsOf(statementsOf(one) ?? [])).toEqual(rightsOf(statementsOf(other) ?? []));
});

it.each([
  ["an action", { Effect: "Allow", Action: "a:Y", Resource: "r" }],
  ["a resource", { Effect: "Allow", Action: "a:X", Resource: "*" }],
  ["an effect", { Effect: "Deny", Action: "a:X", Resource: "r" }],
  [
    "a condition",
    { Effect: "Allow", Action: "a:X", Resource: "r", Condition: { Bool: { "aws:SecureTransport": "true" } } },
  ],
  ["a principal", { Effect: "Allow", Action: "a:X", Resource: "r", Principal: "*" }],
  ["the opposite", { Effect: "Allow", NotAction: "a:X", Resource: "r" }],
])("policies that differ in %s are not the same", (_, statement) => {
  const one = statementsOf(text({ Effect: "Allow", Action: "a:X", Resource: "r" })) ?? [];
  expect(rightsOf(statementsOf(text(statement)) ?? [])).not.toEqual(rightsOf(one));
});

it("what is no policy cannot be read", () => {
  for (const value of ["", "x", "[]", '{"Statement": 1}', '{"Statement": [1]}', undefined]) {
    expect(statementsOf(value)).toBeUndefined();
  }
});
