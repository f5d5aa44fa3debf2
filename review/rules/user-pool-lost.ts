import { isLost, type Rule } from "./rule";

/** A name, an alias or `username_configuration` that changes is enough for Terraform to replace the pool. */
export const userPoolLost: Rule = {
  id: "user-pool-lost",
  types: ["aws_cognito_user_pool"],
  finds: (change) =>
    isLost(change)
      ? "Every account in the pool is deleted. Nothing brings them back: Cognito has no backup, and exports no passwords."
      : undefined,
};
