import { at, type Value } from "../value";

/** What the functions of Cognito's triggers are called, after the environment; also their zips. lambda/functions.ts has the same. */
export const FUNCTION_NAMES: readonly string[] = [
  "create-auth-challenge",
  "custom-email-sender",
  "custom-message",
  "custom-sms-sender",
  "define-auth-challenge",
  "post-authentication",
  "post-confirmation",
  "pre-authentication",
  "pre-sign-up",
  "pre-token-generation",
  "user-migration",
  "verify-auth-challenge-response",
];

/** Whether a function is the one that a bundle, or a trigger, is made for: `acme-prod-pre-sign-up`. */
export function isNamed(functionName: Value, bundle: string): boolean {
  return typeof functionName === "string" && functionName.endsWith(`-${bundle}`);
}

/** Whether a function delivers codes, for which Cognito does not wait. */
export function isSender(fn: Value): boolean {
  const name = at(fn, "function_name");
  return isNamed(name, "custom-email-sender") || isNamed(name, "custom-sms-sender");
}

/** Whether a function is an environment's own, and not one of the two that keep users unique. */
export function isOfEnvironment(fn: Value): boolean {
  const name = at(fn, "function_name");
  if (isNamed(name, "user-migration")) {
    return at(fn, "environment", 0, "variables", "MIGRATE_FROM") === undefined;
  }
  return !isNamed(name, "pre-sign-up") && FUNCTION_NAMES.some((one) => isNamed(name, one));
}
