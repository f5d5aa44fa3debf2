import { chmod, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { lockedVersions } from "../../cli/generate/lock-file";
import type { EnvironmentSettings } from "../../settings/schema";
import { emulated, ProjectCopy } from "../support/project-copy";
import { describeE2e } from "./support/describe-e2e";

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64" };
const PLATFORM = `${process.platform}_${ARCHITECTURES[process.arch] ?? process.arch}`;
const LOCK_FILE = ".terraform.lock.hcl";

describeE2e("npm run lock, with the providers of a mirror", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make({ project: "acme", region: "eu-west-1", environments: { dev: {}, prod: {} } });
    await rm(path.join(copy.folder, LOCK_FILE));
  });
  afterAll(() => copy?.remove());

  const configure = (dev: EnvironmentSettings) =>
    copy.configure({ project: "acme", region: "eu-west-1", environments: { dev, prod: {} } });

  /** Puts a provider into the mirror. Terraform looks at what it locks and installs from outside only. */
  async function provide(name: string, ...versions: string[]): Promise<void> {
    for (const version of versions) {
      const folder = path.join(copy.folder, "mirror/registry.terraform.io/hashicorp", name, version, PLATFORM);
      await mkdir(folder, { recursive: true });
      const program = path.join(folder, `terraform-provider-${name}_v${version}`);
      await writeFile(program, `${name} ${version}`);
      await chmod(program, 0o755);
    }
  }

  async function lock(...options: string[]): Promise<string> {
    const { code, stdout, stderr } = await copy.script(
      "lock",
      "--mirror",
      "mirror",
      "--platform",
      PLATFORM,
      ...options,
    );
    expect({ code, stderr: code ? stderr : "" }).toEqual({ code: 0, stderr: "" });
    return stdout;
  }

  it("keeps what is locked, and takes a newer provider where a setting needs one", async () => {
    await provide("archive", "2.7.1");
    await provide("aws", "5.100.0");
    expect(await lock()).toContain("hashicorp/archive 2.7.1\nhashicorp/aws 5.100.0\n");
    await provide("archive", "2.8.0");
    await provide("aws", "6.18.0", "6.25.0", "7.0.0");
    expect(await lock()).toContain(`${LOCK_FILE} was up to date.`);

    await configure({ runtime: "nodejs24.x" });
    const changed = await lock();
    expect(changed).toContain("hashicorp/archive 2.7.1\nhashicorp/aws 5.100.0 → 6.25.0\n");
    expect(changed).toContain(`${LOCK_FILE} has changed`);
    expect(await lock()).toContain(`${LOCK_FILE} was up to date.`);

    // The environment without the setting is content with the same file.
    expect(await copy.script("synth")).toMatchObject({ code: 0 });
    const config = path.join(copy.folder, "mirror.tfrc");
    const installation = `provider_installation { filesystem_mirror { path = "${path.join(copy.folder, "mirror")}" } }`;
    await writeFile(config, installation);
    const env = { ...emulated(), TF_CLI_CONFIG_FILE: config, TF_PLUGIN_CACHE_DIR: undefined };
    for (const stack of ["dev", "prod", "state"]) {
      const init = ["init", "-input=false", "-backend=false", "-lockfile=readonly"];
      const { code, stderr } = await copy.run("terraform", [`-chdir=${copy.stack(stack)}`, ...init], env);
      expect({ stack, code, stderr }).toEqual({ stack, code: 0, stderr: "" });
    }

    expect(await lock("--upgrade")).toContain("hashicorp/archive 2.7.1 → 2.8.0\nhashicorp/aws 6.25.0\n");
    const locked = lockedVersions(await readFile(path.join(copy.folder, LOCK_FILE), "utf8"));
    expect([...locked]).toEqual([
      ["hashicorp/archive", "2.8.0"],
      ["hashicorp/aws", "6.25.0"],
    ]);
  });
});
