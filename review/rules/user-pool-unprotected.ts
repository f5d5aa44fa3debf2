import { gives, type Rule } from "./rule";

export const userPoolUnprotected: Rule = {
  id: "user-pool-unprotected",
  types: ["aws_cognito_user_pool"],
  finds: (change) =>
    gives("ACTIVE", change, "deletion_protection")
      ? "AWS would no longer refuse to delete the pool with all its accounts."
      : undefined,
};
