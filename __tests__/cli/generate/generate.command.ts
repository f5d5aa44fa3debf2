import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { staleFiles } from "../../../cli/generate/generate";
import { GOLDEN } from "../../../cli/golden-folder";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

// The only test of the project that depends on what an adopter writes in environments.ts.
it("every tracked file that is made is up to date (otherwise: npm run generate)", async () => {
  expect(await staleFiles()).toEqual([]);
});

describe("npm run generate", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(PROJECT);
  });
  afterAll(() => copy.remove());

  it("writes what cdktf.out has of every stack, and then changes nothing", async () => {
    const { stdout } = await copy.script("generate");
    const added = stdout.trim().split("\n");
    for (const stack of ["dev", "prod", "staging"]) {
      expect(added).toContain(`added synthesized/${stack}/cdk.tf.json`);
      expect(added).toContain(`added synthesized/${stack}/.terraform.lock.hcl`);
      expect(added).toContainEqual(
        expect.stringMatching(`^added synthesized/${stack}/assets/\\w+/[0-9A-F]{32}/index.js$`),
      );
    }
    expect(added).toContain("added atlantis.yaml");
    expect(added.filter((line) => line.includes("/state/"))).toHaveLength(2);
    await copy.script("synth");
    for (const line of added.filter((line) => line.includes(GOLDEN))) {
      const file = line.replace("added synthesized/", "");
      const deployed = await readFile(path.join(copy.folder, "cdktf.out/stacks", file));
      expect(deployed.equals(await readFile(path.join(copy.folder, GOLDEN, file)))).toBe(true);
    }
    expect(await copy.script("generate")).toMatchObject({ code: 0, stdout: "Everything was up to date.\n" });
  });

  it("does not count what Terraform leaves beside the files", async () => {
    const folder = path.join(copy.folder, GOLDEN, "dev");
    await mkdir(path.join(folder, ".terraform"));
    for (const name of [".terraform/environment", "pre-sign-up-0.zip", "dev-dev.tfplan"]) {
      await writeFile(path.join(folder, name), "");
    }
    expect(await copy.script("generate", "--check")).toMatchObject({ code: 0 });
  });

  it("names stale files, each with a reason, and the command that refreshes them", async () => {
    const file = (name: string) => path.join(copy.folder, GOLDEN, name);
    await mkdir(file("gone"));
    await writeFile(file("gone/cdk.tf.json"), "{}\n");
    await rm(file("prod/cdk.tf.json"));
    await writeFile(file("state/cdk.tf.json"), '{\n  "resource": {}\n}\n');

    expect(await copy.script("generate", "--check")).toMatchObject({
      code: 1,
      stderr:
        "Made files are stale: run `npm run generate`, review what changes, and commit it.\n" +
        "  synthesized/gone/cdk.tf.json belongs to no stack any more\n" +
        "  synthesized/prod/cdk.tf.json is missing\n" +
        "  synthesized/state/cdk.tf.json differs, first in line 2\n",
    });
    const { stdout } = await copy.script("generate");
    expect(stdout.trim().split("\n").sort()).toEqual([
      "added synthesized/prod/cdk.tf.json",
      "changed synthesized/state/cdk.tf.json",
      "removed synthesized/gone/cdk.tf.json",
    ]);
  });

  it("tells a function that was changed from one that was not", async () => {
    const folder = path.join(copy.folder, GOLDEN, "dev/assets");
    const [name = ""] = (await readdir(folder, { recursive: true })).filter((entry) => entry.endsWith("index.js"));
    await appendFile(path.join(folder, name), "// by hand\n");
    const { code, stderr } = await copy.script("generate", "--check");
    expect(stderr).toContain(`synthesized/dev/assets/${name} differs`);
    expect(code).toBe(1);
  });

  it("keeps atlantis.yaml up to date with the environments", async () => {
    await copy.configure({ ...PROJECT, environments: { ...PROJECT.environments, qa: {} } });
    const { stderr } = await copy.script("generate", "--check");
    expect(stderr).toContain("  atlantis.yaml differs, first in line ");
    expect(stderr).toContain("  synthesized/qa/cdk.tf.json is missing\n");
    await copy.script("generate");
    expect(await readFile(path.join(copy.folder, "atlantis.yaml"), "utf8")).toContain("name: qa");
  });

  it("writes the table of settings where a page has a place for it, and leaves any other page as it is", async () => {
    const [readme, page] = ["README.md", "docs/settings.md"].map((name) => path.join(copy.folder, name)) as [
      string,
      string,
    ];
    await mkdir(path.dirname(page), { recursive: true });
    await writeFile(readme, "# Ours\n");
    const begin = "<!-- settings: made by `npm run generate` from modules/*/settings.ts and settings/schema.ts -->";
    await writeFile(page, `# Settings\n\n${begin}\n\nold\n\n<!-- end of settings -->\n\nOurs\n`);
    expect((await copy.script("generate")).stdout).toBe("changed docs/settings.md\n");
    const text = await readFile(page, "utf8");
    expect(text).toMatch(/^# Settings\n/);
    expect(text).toMatch(/\n<!-- end of settings -->\n\nOurs\n$/);
    expect(text).toContain("| `memorySize` |");
    expect(text).not.toContain("old\n");
    expect(await readFile(readme, "utf8")).toBe("# Ours\n");
  });
});
