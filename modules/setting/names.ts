import { createHash } from "node:crypto";

/** Eight hexadecimal digits that tell a name from others, where the name itself cannot be used or is taken. */
export function shortHash(name: string): string {
  return createHash("sha256").update(name).digest("hex").slice(0, 8);
}
