import type { Rule } from "./rule";

/** A replaced function is not deleted; but then its ARN is unknown, which user-pool-trigger heeds. */
export const functionDeleted: Rule = {
  id: "function-deleted",
  types: ["aws_lambda_function"],
  finds: ({ action, deposed }) =>
    action === "delete" && deposed === undefined
      ? "A pool that calls this function refuses every sign-up once it is gone; a pool that does not lets everybody in."
      : undefined,
};
