import { isLost, type Rule } from "./rule";

export const domainLost: Rule = {
  id: "domain-lost",
  types: ["aws_cognito_user_pool_domain"],
  finds: (change) =>
    isLost(change)
      ? "Nobody can sign in on the hosted pages at their present address, and any other AWS account may take its prefix."
      : undefined,
};
