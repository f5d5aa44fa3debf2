import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { note, print } from "../print";
import { currentProject, LOCK_FILE, synthesizeProject } from "../project";
import { Terraform } from "../terraform";
import { entriesOfRegistry, keptEntries, lockedVersions, type Required, requiredProviders } from "./lock-file";

const HEADER = '# This file is maintained by "npm run lock".';

/** Where people and pipelines run Terraform. */
const PLATFORMS = ["linux_amd64", "linux_arm64", "darwin_amd64", "darwin_arm64"];

/**
 * Writes the lock file of the providers that the stacks ask for, with the hashes of every platform: the versions that are
 * locked already and still meet what is asked for, and otherwise, or with `upgrade`, the newest that do.
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
    const required = await askedFor(path.join(outdir, "synth"));
    const terraform = new Terraform("lock", outdir);
    await mkdir(terraform.folder, { recursive: true });
    await writeFile(path.join(terraform.folder, "main.tf.json"), JSON.stringify(configuration(required)));
    const target = path.join(terraform.folder, LOCK_FILE);
    const before = await readFile(LOCK_FILE, "utf8").catch(() => "");
    const registry = await registryOf(terraform);
    const kept = upgrade ? "" : keptEntries(before, required, registry);
    if (kept !== "") await writeFile(target, kept);

    note(`Fetching the providers for ${platforms.join(", ")} …`);
    await terraform.capture(["providers", "lock", ...from(mirror), ...platforms.map((name) => `-platform=${name}`)]);

    const written = entriesOfRegistry(await readFile(target, "utf8"), registry);
    const after = written.replace(/^# This file is maintained .*/, HEADER);
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

/** The registry that a source without a host stands for. */
async function registryOf(terraform: Terraform): Promise<string> {
  return /^OpenTofu v/.test(await terraform.capture(["version"])) ? "registry.opentofu.org" : "registry.terraform.io";
}

/** What all stacks ask for, by the settings of now. */
async function askedFor(outdir: string): Promise<Required> {
  await synthesizeProject(currentProject(), outdir);
  const stacks = path.join(outdir, "stacks");
  const documents = (await readdir(stacks)).map(async (name) =>
    JSON.parse(await readFile(path.join(stacks, name, "cdk.tf.json"), "utf8")),
  );
  return requiredProviders(await Promise.all(documents));
}

/** Terraform's options for where providers are taken from. */
function from(mirror: string | undefined): string[] {
  if (mirror === undefined) return [];
  // Terraform runs in another folder.
  return [/^https?:/.test(mirror) ? `-net-mirror=${mirror}` : `-fs-mirror=${path.resolve(mirror)}`];
}

/** A configuration that asks for all of it at once, because there is one lock file for all stacks. */
function configuration(required: Required): object {
  const entries = [...required].map(([source, constraints]) => [
    source.replaceAll(/[^a-z0-9]+/g, "-"),
    { source, ...(constraints.length > 0 && { version: constraints.join(", ") }) },
  ]);
  return { terraform: { required_providers: Object.fromEntries(entries) } };
}
