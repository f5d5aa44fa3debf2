import { after, before, type Rule } from "./rule";

/** Cognito's own default is case-sensitive, and it cannot be changed once the pool is there. */
export const userPoolCaseSensitive: Rule = {
  id: "user-pool-case-sensitive",
  types: ["aws_cognito_user_pool"],
  finds: (change) => {
    const path = ["username_configuration", 0, "case_sensitive"];
    const decided = ["create", "replace"].includes(change.action) || before(change, ...path) === false;
    if (!decided || change.after === null || after(change, ...path) === false) return undefined;
    return "The pool would tell `username` and `Username` apart: one person can then have two accounts. It cannot be changed later.";
  },
};
