import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";

/** Why OpenTofu cannot be tested here; nothing where it can. */
export function tofuMissing(): string | undefined {
  return spawnSync("tofu", ["version"]).status === 0 ? undefined : "tofu is not on PATH";
}

const HOST = "registry.opentofu.org";

/**
 * Offers OpenTofu the providers that the tests' Terraform has installed, under its own registry's name: they speak the same
 * protocol. Answers the mirror's folder, and a CLI configuration that takes providers from there alone.
 */
export function tofuMirror(folder: string): { readonly mirror: string; readonly config: string } {
  const [mirror, config] = [path.join(folder, "tofu-mirror"), path.join(folder, "tofu.tfrc")];
  const installed = path.join(process.env.TF_PLUGIN_CACHE_DIR ?? "", "registry.terraform.io");
  // <namespace>/<provider>/<version>/<platform>; only the last of them may be a link.
  const packages = readdirSync(installed, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.split(path.sep).length === 4,
  );
  for (const name of packages) {
    mkdirSync(path.join(mirror, HOST, path.dirname(name)), { recursive: true });
    symlinkSync(realpathSync(path.join(installed, name)), path.join(mirror, HOST, name));
  }
  writeFileSync(
    config,
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  return { mirror, config };
}
