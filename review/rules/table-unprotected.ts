import { gives, type Rule } from "./rule";

export const tableUnprotected: Rule = {
  id: "table-unprotected",
  types: ["aws_dynamodb_table"],
  finds: (change) =>
    gives(true, change, "deletion_protection_enabled") ? "AWS would no longer refuse to delete the table." : undefined,
};
