import { createHash } from "node:crypto";
import { chmodSync, readFileSync } from "node:fs";
import type { Command } from "commander";
import { exitCodes } from "../options";
import { print } from "../print";

export function register(program: Command): void {
  exitCodes(program.command("reviewer"))
    .description("build the reviewer that an Atlantis server has installed, one file")
    .action(async () => {
      const { buildReviewer, REVIEWER } = await import("../generate/reviewer");
      const bytes = await buildReviewer();
      chmodSync(REVIEWER, 0o755);
      const hash = createHash("sha256").update(readFileSync(REVIEWER)).digest("hex");
      print(`${REVIEWER}: ${(bytes / 1000).toFixed(1)} kB, SHA-256 ${hash}`);
    });
}
