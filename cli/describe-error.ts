import { SettingsError } from "../settings/problems";
import { Failure } from "./failure";

/** What is printed about an error: the message where it says what to do, otherwise the stack. */
export function describeError(error: unknown): string | undefined {
  if (error instanceof Failure || error instanceof SettingsError) return error.message;
  return error instanceof Error ? error.stack : String(error);
}
