import { isLost, type Rule } from "./rule";

/** A change of `generate_secret`, or of the pool, replaces the client. */
export const clientLost: Rule = {
  id: "client-lost",
  types: ["aws_cognito_user_pool_client"],
  finds: (change) =>
    isLost(change)
      ? "The client's id and secret are gone: the application cannot sign anybody in until it is given new ones, and every session ends."
      : undefined,
};
