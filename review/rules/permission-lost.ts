import { after, before, isChanged, type Rule } from "./rule";

const COGNITO = "cognito-idp.amazonaws.com";

/** Replaced by one that says the same, the permission is missing for seconds only. */
export const permissionLost: Rule = {
  id: "permission-lost",
  types: ["aws_lambda_permission"],
  finds: (change) => {
    if (change.deposed !== undefined || before(change, "principal") !== COGNITO) return undefined;
    const kept = ["principal", "action", "source_arn"].every((name) => after(change, name) === before(change, name));
    return change.action === "delete" || (isChanged(change) && !kept)
      ? "The pool that is there now may no longer call the function, so that it refuses every sign-up."
      : undefined;
  },
};
