import { dropped, type Rule } from "./rule";

export const userPoolUnverifiedUpdates: Rule = {
  id: "user-pool-unverified-updates",
  types: ["aws_cognito_user_pool"],
  finds: (change) => {
    const path = ["user_attribute_update_settings", 0, "attributes_require_verification_before_update"];
    const attributes = dropped(change, ...path);
    return attributes.length === 0
      ? undefined
      : `A changed ${attributes.join(", ")} would count before its owner has proved it: anybody could take over an address.`;
  },
};
