import type { Command } from "commander";
import { collected } from "../options";

interface Options {
  readonly upgrade?: true;
  readonly platform: readonly string[];
  readonly mirror?: string;
}

export function register(program: Command): void {
  program
    .command("lock")
    .description("write the providers' versions and hashes, for every platform, to .terraform.lock.hcl")
    .option("--upgrade", "take the newest versions that are allowed, instead of those that are locked")
    .option("--platform <os_arch>", "only this platform (can be repeated)", collected, [])
    .option("--mirror <folder or URL>", "take the providers from here instead of the Terraform registry")
    .action(async (options: Options) => {
      const { lock } = await import("../generate/lock");
      await lock(options);
    });
}
