import { dropped, type Rule } from "./rule";

export const userPoolUnverified: Rule = {
  id: "user-pool-unverified",
  types: ["aws_cognito_user_pool"],
  finds: (change) => {
    const attributes = dropped(change, "auto_verified_attributes");
    return attributes.length === 0
      ? undefined
      : `Cognito would no longer have new accounts prove their ${attributes.join(", ")}: nobody new can be found by it, or recover by it.`;
  },
};
