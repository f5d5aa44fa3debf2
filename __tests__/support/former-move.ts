import { createHash } from "node:crypto";

/** A journal of a move as versions before the store wrote it: every line has the SHA-256 of the sum before and its own entry. */
export function formerJournal(pools: { from: string; to: string }, entries: readonly object[]): string {
  let sum = "";
  return [{ format: 1, kind: "move", parameters: pools, created: "2026-01-01T00:00:00.000Z" }, ...entries]
    .map((entry) => {
      const json = JSON.stringify(entry);
      sum = createHash("sha256").update(sum).update(json).digest("base64url");
      return `{"sum":"${sum}","entry":${json}}\n`;
    })
    .join("");
}
