import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ARCHIVE, AWS } from "../../modules/providers/providers";
import { note, print } from "../print";
import { LOCK_FILE } from "../project";
import { Terraform } from "../terraform";

const HEADER = '# This file is maintained by "npm run lock".';

/** Where people and pipelines run Terraform. */
const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];

/**
 * Writes the lock file of the providers that the stacks ask for: the versions that are locked already, with the hashes of
 * every platform, or with `upgrade` the newest that the ranges allow.
 */
export async function lock({
  upgrade = false,
  platform = [],
  mirror,
}: {
  readonly upgrade?: boolean;
  readonly platform?: readonly string[];
  readonly mirror?: string | undefined;
}): Promise<void> {
  const platforms = platform.length > 0 ? platform : PLATFORMS;
  const outdir = await mkdtemp(path.join(tmpdir(), "lock-"));
  try {
    const terraform = new Terraform("lock", outdir);
    await mkdir(terraform.folder, { recursive: true });
    const required = { terraform: { required_providers: { aws: AWS, archive: ARCHIVE } } };
    await writeFile(path.join(terraform.folder, "main.tf.json"), JSON.stringify(required));
    const target = path.join(terraform.folder, LOCK_FILE);
    const before = await readFile(LOCK_FILE, "utf8").catch(() => "");
    if (!upgrade && before !== "") await copyFile(LOCK_FILE, target);

    note(`Fetching the providers for ${platforms.join(", ")} …`);
    const source = mirror && [`-${/^https?:/.test(mirror) ? "net" : "fs"}-mirror=${mirror}`];
    await terraform.capture(["providers", "lock", ...(source || []), ...platforms.map((name) => `-platform=${name}`)]);

    const after = (await readFile(target, "utf8")).replace(/^# This file is maintained .*/, HEADER);
    await writeFile(LOCK_FILE, after);
    const [old, now] = [lockedVersions(before), lockedVersions(after)];
    for (const [provider, version] of now) {
      const was = old.get(provider);
      print(`${provider} ${was === undefined || was === version ? version : `${was} → ${version}`}`);
    }
    print(after === before ? `${LOCK_FILE} was up to date.` : `${LOCK_FILE} has changed: review it, and commit it.`);
  } finally {
    await rm(outdir, { recursive: true, force: true });
  }
}

/** Provider → version in a lock file. */
export function lockedVersions(text: string): Map<string, string> {
  const entries = text.matchAll(/^provider "(?:[^"]*\/)?([^"/]+\/[^"/]+)" \{\s*version\s*=\s*"([^"]+)"/gm);
  return new Map([...entries].map(([, provider = "", version = ""]) => [provider, version]));
}
