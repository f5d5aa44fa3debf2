import { workOf } from "../../../cli/recover/planned";

const change = (
  type: string,
  actions: string[],
  { mode = "managed", reason = "", before = null as object | null } = {},
) => ({
  address: `${type}.x`,
  type,
  mode,
  ...(reason && { action_reason: reason }),
  change: { actions, before: before as Record<string, unknown> | null, after: { name: "acme-dev" } },
});

it("a deployment's work is what it creates, and what it would replace because it is half made", () => {
  const { creations, tainted, poolId } = workOf([
    change("aws_iam_role", ["create"]),
    change("aws_lambda_function", ["delete", "create"], { reason: "replace_because_tainted" }),
    change("aws_dynamodb_table", ["create", "delete"], { reason: "replace_because_tainted" }),
    change("aws_cloudwatch_log_group", ["delete", "create"], { reason: "replace_because_cannot_update" }),
    change("aws_cloudwatch_dashboard", ["update"]),
    change("aws_partition", ["read"], { mode: "data" }),
  ]);
  expect(creations).toEqual([{ address: "aws_iam_role.x", type: "aws_iam_role", values: { name: "acme-dev" } }]);
  expect(tainted.map(({ type }) => type)).toEqual(["aws_lambda_function", "aws_dynamodb_table"]);
  expect(poolId).toBeUndefined();
});

it("the pool is the one that is in the state, also where it is half made", () => {
  const before = { id: "eu-west-1_a" };
  expect(workOf([change("aws_cognito_user_pool", ["update"], { before })]).poolId).toBe("eu-west-1_a");
  const tainted = change("aws_cognito_user_pool", ["delete", "create"], { before, reason: "replace_because_tainted" });
  expect(workOf([tainted])).toMatchObject({ poolId: "eu-west-1_a", tainted: [{ address: "aws_cognito_user_pool.x" }] });
});
