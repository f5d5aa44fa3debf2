import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { LOCK_FILE } from "../../../cli/project";
import { ARCHIVE, AWS } from "../../../modules/terraform/providers";
import { type Ministack, startMinistack } from "./ministack";

const run = promisify(execFile);

declare global {
  var emulator: Ministack | undefined;
}

/**
 * Starts the emulator once for all end-to-end tests, or says why they cannot run: E2E_ENDPOINT or E2E_SKIPPED. Where
 * the variable CI is set they have to run. E2E_LOCK_FILE is the dependency lock file of the providers that Terraform
 * installs here.
 */
export default async function setUp(): Promise<void> {
  try {
    await terraformInstallsProviders();
    // AUTH: requests are signed for real, and the function can do what its role allows, nothing else.
    globalThis.emulator = await startMinistack({ AUTH: "true" });
    process.env.E2E_ENDPOINT = globalThis.emulator.endpoint;
  } catch (error) {
    const reason = (error as Error).message;
    if (process.env.CI) throw new Error(`End-to-end tests have to run in CI, but ${reason}.`);
    process.env.E2E_SKIPPED = reason;
    process.stderr.write(`\nEnd-to-end tests are skipped: ${reason}.\n\n`);
  }
}

async function terraformInstallsProviders(): Promise<void> {
  if (!process.env.TF_PLUGIN_CACHE_DIR) {
    // Otherwise every stack of every test downloads hundreds of megabytes of its own.
    process.env.TF_PLUGIN_CACHE_DIR = path.resolve("node_modules/.cache/terraform-providers");
    process.env.TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE = "1";
  }
  await mkdir(process.env.TF_PLUGIN_CACHE_DIR, { recursive: true });
  process.env.CHECKPOINT_DISABLE = "1";

  await run("terraform", ["version"]).catch(() => {
    throw new Error("Terraform is not on PATH");
  });
  const folder = await mkdtemp(path.join(tmpdir(), "providers-"));
  const init = (...options: string[]) =>
    run("terraform", [`-chdir=${folder}`, "init", "-input=false", "-no-color", ...options], {
      env: { ...process.env, TF_REGISTRY_DISCOVERY_RETRY: "0", TF_REGISTRY_CLIENT_TIMEOUT: "10" },
    });
  try {
    await writeFile(
      path.join(folder, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: { aws: AWS, archive: ARCHIVE } } }),
    );
    const lockFile = path.join(folder, LOCK_FILE);
    await copyFile(LOCK_FILE, lockFile);
    const tracked = await init("-lockfile=readonly").then(
      () => true,
      () => false,
    );
    if (tracked) {
      process.env.E2E_LOCK_FILE = path.resolve(LOCK_FILE);
      return;
    }
    // A mirror whose providers were built from source has other hashes than the registry, which are not to be tracked.
    await rm(lockFile);
    await init();
    process.env.E2E_LOCK_FILE = path.resolve("node_modules/.cache/e2e.lock.hcl");
    await copyFile(lockFile, process.env.E2E_LOCK_FILE);
  } catch (error) {
    const said = String((error as { stderr?: string }).stderr).match(/Error: .*/)?.[0];
    throw new Error(`Terraform cannot install hashicorp/aws and hashicorp/archive here (${said ?? error})`);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
