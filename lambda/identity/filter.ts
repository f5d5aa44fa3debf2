import type { IdentifierName } from "./account";

/** "Filter" of ListUsers, Cognito API reference: characters. */
export const LONGEST_FILTER = 256;

/** A ListUsers filter for an exact value, with quotes and backslashes escaped. */
export function usersFilter(attribute: IdentifierName, value: string): string {
  return `${attribute} = "${value.replaceAll(/["\\]/g, "\\$&")}"`;
}
