import { readFileSync, statSync } from "node:fs";
import type { Problem } from "./problems";

/** What is wrong with a file that a setting names: it has to be there, and not be too large. Relative paths begin where the command runs. */
export function fileProblems(path: readonly PropertyKey[], file: string, most: number): Problem[] {
  const size = sizeOf(file);
  if (size !== undefined && size > 0 && size <= most) return [];
  const allowed = `the path of a file that is there, with 1 to ${most} bytes`;
  return [{ path, value: file, allowed }];
}

/** Bytes of a file; undefined where there is none. */
export function sizeOf(file: string): number | undefined {
  try {
    const stats = statSync(file);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    // There is none, it is in something that is no folder, or its name is no path.
    return undefined;
  }
}

/**
 * A file's content as text of the stack's JSON: in a pull request it is reviewed as what it is, and Terraform reads no file of the server that plans.
 */
export function base64Of(file: string): string {
  return readFileSync(file, "base64");
}
