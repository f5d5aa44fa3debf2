import type { OwnCheck } from "../../../lambda/pre-sign-up/own-check";

export const check: OwnCheck = ({ request: { userAttributes } }) =>
  userAttributes.email?.endsWith("@acme.com") ? undefined : "Sign up with your address of acme.com.";
