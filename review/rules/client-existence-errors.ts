import { gives, type Rule } from "./rule";

export const clientExistenceErrors: Rule = {
  id: "client-existence-errors",
  types: ["aws_cognito_user_pool_client"],
  finds: (change) =>
    gives("ENABLED", change, "prevent_user_existence_errors")
      ? "Sign-in and recovery would tell anybody who asks whether an account exists."
      : undefined,
};
