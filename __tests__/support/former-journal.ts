import { createHash } from "node:crypto";
import type { JournalOf } from "../../migration/former-journal";

/** A journal as versions before the store wrote it: every line has the SHA-256 of the sum before and its own entry. */
export function formerJournal(of: JournalOf, entries: readonly object[]): string {
  let sum = "";
  return [{ format: 1, ...of, created: "2026-01-01T00:00:00.000Z" }, ...entries]
    .map((entry) => {
      const json = JSON.stringify(entry);
      sum = createHash("sha256").update(sum).update(json).digest("base64url");
      return `{"sum":"${sum}","entry":${json}}\n`;
    })
    .join("");
}
