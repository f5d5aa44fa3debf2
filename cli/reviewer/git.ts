import { execFileSync } from "node:child_process";

/** What Git prints in this folder. */
export function git(...args: string[]): string {
  return execFileSync("git", args, { encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "ignore"] });
}
