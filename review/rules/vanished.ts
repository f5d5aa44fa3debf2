import type { Rule } from "./rule";

/** What holds accounts, or what keeps them unique. */
const PRECIOUS = ["aws_cognito_user_pool", "aws_dynamodb_table", "aws_s3_bucket"];

/** Terraform makes what somebody deleted anew, and empty, as if that were a repair. */
export const vanished: Rule = {
  id: "vanished",
  types: PRECIOUS,
  finds: (change, { drift }) =>
    change.action === "create" && drift.some(({ address, action }) => address === change.address && action === "delete")
      ? "Somebody deleted it outside of Terraform. The plan makes an empty one in its place: see first whether it can be restored."
      : undefined,
};
