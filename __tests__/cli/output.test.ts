import { outputTable, outputValue } from "../../cli/output";

const outputs = {
  CognitoURLV2: { sensitive: false, value: "https://acme.auth.eu-west-1.amazoncognito.com" },
  UserPoolClientSecret: { sensitive: true, value: "hush" },
  List: { sensitive: false, value: ["a"] },
};

it("shows what is not sensitive", () => {
  expect(outputTable(outputs)).toBe(
    [
      "CognitoURLV2          https://acme.auth.eu-west-1.amazoncognito.com",
      "UserPoolClientSecret  (sensitive: ask for it by name)",
      'List                  ["a"]',
    ].join("\n"),
  );
});

it("gives one value, bare, when asked for it by name", () => {
  expect(outputValue(outputs, "UserPoolClientSecret")).toBe("hush");
  expect(outputValue(outputs, "List")).toBe('["a"]');
});

it("says what there is instead of what there is not", () => {
  expect(() => outputValue(outputs, "secret")).toThrow('There is no output "secret". There are: CognitoURLV2,');
  expect(() => outputValue({}, "secret")).toThrow("There are no outputs: the environment has not been deployed.");
  expect(outputTable({})).toBe("There are no outputs: the environment has not been deployed.");
});
