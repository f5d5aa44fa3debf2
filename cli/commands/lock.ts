import { type Command, InvalidArgumentError } from "commander";
import { readableFolder } from "../files";
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
    .option("--platform <os_arch>", "only this platform (can be repeated)", platforms, [])
    .option("--mirror <folder or URL>", "take the providers from here instead of the Terraform registry", mirror)
    .action(async (options: Options) => {
      const { lock } = await import("../generate/lock");
      await lock(options);
    });
}

/** What Terraform is built for: "os_arch" of its releases. */
const PLATFORM = /^(?:darwin|freebsd|linux|openbsd|solaris|windows)_(?:386|amd64|arm|arm64)$/;

function platforms(value: string, before: readonly string[]): string[] {
  if (PLATFORM.test(value)) return collected(value, before);
  throw new InvalidArgumentError(
    "A platform is an operating system and an architecture, such as linux_amd64 or darwin_arm64.",
  );
}

function mirror(named: string): string {
  if (/^https:\/\//.test(named)) return named;
  if (/^[a-z]+:\/\//.test(named)) throw new InvalidArgumentError("Terraform takes mirrors from https:// only.");
  return readableFolder(named);
}
