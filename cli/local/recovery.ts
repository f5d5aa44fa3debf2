import type { Block } from "../emulator/terraform-json";
import { attributeOf, isVerified, type StoredUser } from "./users";

/** Operations that send a code for a new password. */
export const RESETTING: readonly string[] = ["ForgotPassword", "AdminResetUserPassword"];

interface Mechanism {
  readonly name: string;
  readonly priority: number;
}

/** Where a user's code for a new password goes: "AccountRecoverySetting", Cognito API reference. Undefined where nothing that is taken is verified. */
export function recoveryOf(user: StoredUser, pool: Block): string | undefined {
  return mechanismsOf(pool)
    .map((name) => name.replace("verified_", ""))
    .find((name) => attributeOf(user, name) && isVerified(user, name));
}

/** Whether an administrator alone can give users another password. */
export function isLeftToAdministrators(pool: Block): boolean {
  return mechanismsOf(pool).includes("admin_only");
}

/** The ways that a pool has, the first one first. */
function mechanismsOf(pool: Block): string[] {
  const [setting] = [pool.account_recovery_setting].flat() as ReadonlyArray<Block | undefined>;
  const mechanisms = [setting?.recovery_mechanism ?? []].flat() as unknown as readonly Mechanism[];
  if (mechanisms.length === 0) return ["verified_phone_number", "verified_email"];
  return [...mechanisms].sort((one, other) => one.priority - other.priority).map(({ name }) => name);
}
