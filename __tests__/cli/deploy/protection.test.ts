import type { PlanJson } from "../../../cli/deploy/plan-json";
import { refuseToDeleteProtected } from "../../../cli/deploy/protection";

const change = (address: string, before: Record<string, unknown>, ...actions: string[]) => ({
  address,
  mode: "managed",
  type: address.split(".")[0] ?? "",
  change: { actions, before, after: null },
});
const plan = (...resource_changes: ReturnType<typeof change>[]): PlanJson => ({ resource_changes });

it("what the state says is protected is not deleted, and what to deploy first is said", () => {
  const pool = change("aws_cognito_user_pool.p", { deletion_protection: "ACTIVE" }, "delete");
  const table = change("aws_dynamodb_table.t", { deletion_protection_enabled: true }, "delete", "create");
  expect(() => refuseToDeleteProtected(plan(pool, table), "prod")).toThrow(
    "Nothing was changed: aws_cognito_user_pool.p and aws_dynamodb_table.t are protected against deletion. Set" +
      " deletionProtection to false in environments.ts and run" +
      " `npm run deploy -- prod --allow aws_cognito_user_pool.p --allow aws_dynamodb_table.t` first.",
  );
});

it("what is unprotected, or stays, is none of its business", () => {
  refuseToDeleteProtected(
    plan(
      change("aws_cognito_user_pool.p", { deletion_protection: "INACTIVE" }, "delete"),
      change("aws_cognito_user_pool.q", { deletion_protection: "ACTIVE" }, "update"),
      change("aws_dynamodb_table.t", { deletion_protection_enabled: false }, "delete"),
    ),
    "prod",
  );
});
