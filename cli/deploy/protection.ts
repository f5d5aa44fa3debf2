import { Failure } from "../failure";
import type { PlanJson } from "./plan-json";

/** What AWS refuses to delete, by type: an attribute, and its value while the protection is on. */
const PROTECTED: Readonly<Record<string, readonly [string, unknown]>> = {
  aws_cognito_user_pool: ["deletion_protection", "ACTIVE"],
  aws_dynamodb_table: ["deletion_protection_enabled", true],
};

/** AWS would refuse to delete a protected resource, but only after Terraform has deleted what depends on it. */
export function refuseToDeleteProtected({ resource_changes = [] }: PlanJson, stack: string): void {
  const refused = resource_changes.filter(({ type, mode, change }) => {
    const [attribute, on] = PROTECTED[type] ?? [];
    if (mode !== "managed" || attribute === undefined || !change.actions.includes("delete")) return false;
    return change.before?.[attribute] === on;
  });
  if (refused.length === 0) return;
  const addresses = refused.map(({ address }) => address);
  throw new Failure(
    `Nothing was changed: ${addresses.join(" and ")} ${addresses.length === 1 ? "is" : "are"} protected against` +
      " deletion. Set deletionProtection to false in environments.ts and run" +
      ` \`npm run deploy -- ${stack}${addresses.map((address) => ` --allow ${address}`).join("")}\` first.`,
    3,
  );
}
