import { isLost, type Rule } from "./rule";

export const tableLost: Rule = {
  id: "table-lost",
  types: ["aws_dynamodb_table"],
  finds: (change) =>
    isLost(change)
      ? "Every item in the table is deleted. Without its reservations, sign-ups at the same moment are no longer told apart."
      : undefined,
};
