import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { explanation, Terraform } from "../../cli/terraform";

it.each(["the local package for", "the current package for"])(
  "%s a provider that was not reviewed is not to be locked",
  (what) => {
    const said = `
Error: Failed to install provider

Error while installing hashicorp/archive v2.7.1: ${what}
registry.terraform.io/hashicorp/archive 2.7.1 doesn't match any of the
checksums previously recorded in the dependency lock file (this might be
because the available checksums are for packages targeting different
platforms); for more information: https://developer.hashicorp.com/`;
    expect(explanation(said, "dev")).toMatch(
      /^The package of hashicorp\/archive 2\.7\.1 that was found is not one that was reviewed: its checksum is not among those in \.terraform\.lock\.hcl\. Check where it came from .* Only if you have updated this provider, .*`npm run lock`/,
    );
  },
);

it("a package in the cache that was changed is told the same way", () => {
  const said =
    "- registry.terraform.io/hashicorp/aws: the cached package for registry.terraform.io/hashicorp/aws 5.100.0 (in" +
    "\n.terraform/providers) does not match any of the checksums recorded in the\ndependency lock file";
  expect(explanation(said, "dev")).toContain("The package of hashicorp/aws 5.100.0 that was found is not one");
});

it("providers that the lock file does not have are to be locked", () => {
  for (const said of [
    "Error: Provider dependency changes detected",
    "locked provider\nregistry.terraform.io/hashicorp/archive 2.6.0 does not match configured version constraint ~> 2.7",
  ]) {
    expect(explanation(said, "dev")).toMatch(
      /^The stacks ask for other providers.*run `npm run lock`, review the change/,
    );
  }
});

it("OpenTofu, which has a registry of its own, is told to lock with it", () => {
  const said = `Error: Provider dependency changes detected

Changes to the required provider dependencies were detected, but the lock
file is read-only. To use and record these requirements, run "tofu init"
without the "-lockfile=readonly" flag.`;
  expect(explanation(said, "dev")).toMatch(/^OpenTofu would install .* run `npm run lock` with OpenTofu/);
  const package_ =
    "the local package for registry.opentofu.org/hashicorp/aws 5.100.0 doesn't match any of the\nchecksums previously recorded";
  expect(explanation(package_, "dev")).toContain("The package of hashicorp/aws 5.100.0 that was found is not one");
});

it.each([
  ["Terraform", "use the version in .terraform-version"],
  ["OpenTofu", "use 1.11 or a later 1.x"],
])("%s of another version is told which to use", (product, advice) => {
  expect(explanation(`Error: Unsupported ${product} Core version`, "dev")).toContain(advice);
});

it("AWS that cannot be reached is told with its host", () => {
  const said = `Error: validating provider credentials: operation error STS: GetCallerIdentity, request send failed, Post
"https://sts.eu-west-1.amazonaws.com/": dial tcp: lookup sts.eu-west-1.amazonaws.com on 10.0.0.2:53: no such host`;
  expect(explanation(said, "dev")).toMatch(/^AWS cannot be reached at sts\.eu-west-1\.amazonaws\.com: check/);
});

it("a registry that cannot be reached is not AWS", () => {
  const said = `Error: Failed to query available provider packages

Could not retrieve the list of available versions for provider hashicorp/aws: could not connect to
registry.terraform.io: failed to request discovery document: Get "https://registry.terraform.io/.well-known/terraform.json":
dial tcp: lookup registry.terraform.io: no such host`;
  expect(explanation(said, "dev")).toMatch(/^The Terraform registry cannot be reached/);
});

it("anything else has no explanation", () => {
  expect(explanation("Error: Unsupported argument", "dev")).toBeUndefined();
});

describe("options in the environment", () => {
  const before = { ...process.env };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "terraform-"));
    await writeFile(path.join(folder, "terraform"), "#!/bin/sh\nenv | grep ^TF_ | sort\n", { mode: 0o755 });
  });
  afterAll(async () => {
    process.env = before;
    await rm(folder, { recursive: true });
  });

  it("do not reach Terraform, which is said once; no colours may be asked for", async () => {
    process.env = {
      PATH: `${folder}:${before.PATH}`,
      TF_WORKSPACE: "other",
      TF_CLI_ARGS: " -no-color",
      TF_CLI_ARGS_plan: "-refresh=false",
      TF_CLI_ARGS_apply: "-help",
      TF_CLI_ARGS_init: "",
      TF_DATA_DIR: "kept",
    };
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    const terraform = new Terraform("dev", folder);
    const received = await terraform.capture(["plan"]);
    await terraform.capture(["plan"]);
    const notes = said.mock.calls.flat();
    said.mockRestore();
    expect(received).toBe("TF_CLI_ARGS= -no-color\nTF_DATA_DIR=kept\nTF_IN_AUTOMATION=1\n");
    expect(notes).toEqual([
      "TF_CLI_ARGS_plan, TF_CLI_ARGS_apply: not passed on to Terraform. Options of plan are given on the command line.\n",
    ]);
  });
});

describe("the program that is run as Terraform", () => {
  const before = { ...process.env };
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "program-"));
  });
  afterEach(async () => {
    process.env = { ...before };
    await rm(folder, { recursive: true });
  });

  /** Makes programs that print their name, and nothing else of these names is on PATH. */
  async function programs(...names: string[]): Promise<void> {
    for (const name of names) await writeFile(path.join(folder, name), `#!/bin/sh\necho ${name}\n`, { mode: 0o755 });
    process.env = { PATH: folder, INIT_CWD: path.dirname(folder) };
  }
  const run = () => new Terraform("dev", folder).capture(["version"]);

  it("is terraform, also where tofu is on PATH", async () => {
    await programs("terraform", "tofu");
    expect(await run()).toBe("terraform\n");
  });

  it("is tofu where only that is on PATH, which is said once", async () => {
    await programs("tofu");
    // A folder is no program.
    await mkdir(path.join(folder, "terraform"));
    const said = jest.spyOn(process.stderr, "write").mockReturnValue(true);
    expect([await run(), await run()]).toEqual(["tofu\n", "tofu\n"]);
    const notes = said.mock.calls.flat();
    said.mockRestore();
    expect(notes).toEqual([expect.stringContaining("running OpenTofu")]);
  });

  it("is what TERRAFORM names: on PATH, by a path, or from the folder where the command was called", async () => {
    await programs("terraform", "tofu", "tofu-1.11");
    for (const [named, expected] of [
      ["tofu", "tofu"],
      [path.join(folder, "tofu-1.11"), "tofu-1.11"],
      [`${path.basename(folder)}/tofu`, "tofu"],
      ["", "terraform"],
    ]) {
      process.env.TERRAFORM = named;
      expect(await run()).toBe(`${expected}\n`);
    }
  });

  it("is said where it is missing", async () => {
    await programs();
    await expect(run()).rejects.toThrow(/^Terraform is not installed, .* or OpenTofu \(docs\/opentofu\.md\)\.$/);
    process.env.TERRAFORM = "tofu";
    await expect(run()).rejects.toThrow('TERRAFORM names "tofu", which is not there or cannot be run.');
  });

  it("is named where it fails", async () => {
    await programs();
    await writeFile(path.join(folder, "tofu"), "#!/bin/sh\necho no >&2\nexit 1\n", { mode: 0o755 });
    process.env.TERRAFORM = "tofu";
    await expect(run()).rejects.toThrow("tofu version failed:\nno");
  });
});
