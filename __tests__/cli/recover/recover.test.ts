import { importId } from "../../../cli/recover/import-ids";
import { choosePool } from "../../../cli/recover/orphans";
import { synthesized } from "../../support/synth";

it.each([
  ["aws_iam_role", { name: "acme-dev" }, "acme-dev"],
  ["aws_iam_role_policy", { role: "acme-dev", name: "list-users" }, "acme-dev:list-users"],
  ["aws_lambda_permission", { function_name: "acme-dev", statement_id: "pool" }, "acme-dev/pool"],
  ["aws_iam_role_policy", { name: "list-users" }, undefined],
  ["aws_lambda_permission", { statement_id: "pool" }, undefined],
  ["terraform_data", { id: "x" }, undefined],
])("the import id of %s %j is %s", (type, values, id) => {
  expect(importId(type, values)).toBe(id);
});

it("everything that an environment is made of can be taken back", () => {
  const { dev } = synthesized({
    project: "acme",
    region: "eu-west-1",
    environments: { dev: { dashboard: true, alarmTopicArn: "arn:aws:sns:eu-west-1:111122223333:on-call" } },
  });
  const lookedFor = ["aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_user_pool_domain"];
  const left = Object.entries(dev?.resource ?? {}).filter(
    ([type, blocks]) =>
      !lookedFor.includes(type) && Object.values(blocks).some((values) => importId(type, values) === undefined),
  );
  expect(left.map(([type]) => type)).toEqual([]);
});

describe("the pool to take back", () => {
  it("is the only one of its name, or the one that is asked for", () => {
    expect(choosePool(["eu-west-1_a"], undefined, "acme-dev")).toBe("eu-west-1_a");
    expect(choosePool(["eu-west-1_a", "eu-west-1_b"], "eu-west-1_b", "acme-dev")).toBe("eu-west-1_b");
    expect(choosePool([], undefined, "acme-dev")).toBeUndefined();
  });

  it("is not guessed among several, nor one of another name", () => {
    expect(() => choosePool(["eu-west-1_a", "eu-west-1_b"], undefined, "acme-dev")).toThrow(
      "There are 2 user pools called acme-dev, and none of them is in the state: eu-west-1_a, eu-west-1_b.",
    );
    expect(() => choosePool(["eu-west-1_a"], "eu-west-1_z", "acme-dev")).toThrow(
      "No user pool eu-west-1_z is called acme-dev. There are: eu-west-1_a.",
    );
  });
});
