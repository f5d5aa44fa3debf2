import type { Rule } from "./rule";

/** It stays where it is, and does its work. */
export const forgotten: Rule = {
  id: "forgotten",
  types: ["aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_dynamodb_table", "aws_s3_bucket"],
  finds: ({ action }) =>
    action === "forget"
      ? "It stays in the account, but Terraform no longer knows it: from now on nobody plans, checks or restores it here."
      : undefined,
};
