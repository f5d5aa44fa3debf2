import { SettingsError } from "../settings/problems";
import { Failure } from "./failure";
import { visible } from "./print";

/** What is printed about an error: the message where it says what to do, otherwise the stack. */
export function describeError(error: unknown): string | undefined {
  if (error instanceof Failure || error instanceof SettingsError || isFileError(error)) return visible(error.message);
  return error instanceof Error ? error.stack : String(error);
}

/** Codes of failed reads and writes, whose errors name no file. */
const OF_FILES = ["EISDIR", "ENOSPC", "EDQUOT", "EFBIG", "EROFS"];

/** Whether a file could not be used, such as `ENOENT: no such file or directory, open 'x'`: the message says it all. */
function isFileError(error: unknown): error is NodeJS.ErrnoException {
  const { code, syscall, path } = (error ?? {}) as NodeJS.ErrnoException;
  return code !== undefined && syscall !== undefined && (path !== undefined || OF_FILES.includes(code));
}
