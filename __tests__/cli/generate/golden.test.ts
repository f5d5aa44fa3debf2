import { appendFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { goldenDifferences } from "../../../cli/generate/golden";
import { GOLDEN } from "../../../cli/golden-folder";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/settings";

it("the golden files are what the sources make", async () => {
  const differences = await goldenDifferences();
  if (differences.length > 0) {
    throw new Error(`${GOLDEN}/ is stale: run \`npm run golden\` and review what changes.\n${differences.join("\n")}`);
  }
});

describe("golden files", () => {
  let copy: ProjectCopy;
  beforeAll(async () => {
    copy = await ProjectCopy.make(PROJECT);
  });
  afterAll(() => copy.remove());

  it("are what cdktf.out has of every stack, and then are up to date", async () => {
    const { stdout } = await copy.script("golden");
    const added = stdout.trim().split("\n");
    for (const stack of ["dev", "prod", "staging"]) {
      expect(added).toContain(`added synthesized/${stack}/cdk.tf.json`);
      expect(added).toContain(`added synthesized/${stack}/.terraform.lock.hcl`);
      expect(added).toContainEqual(
        expect.stringMatching(`^added synthesized/${stack}/assets/\\w+/[0-9A-F]{32}/index.js$`),
      );
    }
    expect(added.filter((line) => line.includes("/state/"))).toHaveLength(2);
    await copy.script("synth");
    for (const line of added) {
      const file = line.replace("added synthesized/", "");
      const deployed = await readFile(path.join(copy.folder, "cdktf.out/stacks", file));
      expect(deployed.equals(await readFile(path.join(copy.folder, GOLDEN, file)))).toBe(true);
    }
    expect(await copy.script("golden")).toMatchObject({ code: 0, stdout: "synthesized/ was up to date\n" });
    expect(await copy.script("golden", "--check")).toMatchObject({ code: 0 });
  });

  it("do not count what Terraform leaves beside them", async () => {
    const folder = path.join(copy.folder, GOLDEN, "dev");
    await mkdir(path.join(folder, ".terraform"));
    for (const name of [".terraform/environment", "pre-sign-up-0.zip", "dev-dev.tfplan"]) {
      await writeFile(path.join(folder, name), "");
    }
    expect(await copy.script("golden", "--check")).toMatchObject({ code: 0 });
  });

  it("that are stale are named, each with why, and the command that refreshes them", async () => {
    const file = (name: string) => path.join(copy.folder, GOLDEN, name);
    await mkdir(file("gone"));
    await writeFile(file("gone/cdk.tf.json"), "{}\n");
    await rm(file("prod/cdk.tf.json"));
    await writeFile(file("state/cdk.tf.json"), '{\n  "resource": {}\n}\n');

    expect(await copy.script("golden", "--check")).toMatchObject({
      code: 1,
      stderr:
        "synthesized/ is stale: run `npm run golden`, review what changes, and commit it.\n" +
        "  gone/cdk.tf.json belongs to no stack any more\n" +
        "  prod/cdk.tf.json is missing\n" +
        "  state/cdk.tf.json differs, first in line 2\n",
    });
    const { stdout } = await copy.script("golden");
    expect(stdout.trim().split("\n").sort()).toEqual([
      "added synthesized/prod/cdk.tf.json",
      "changed synthesized/state/cdk.tf.json",
      "removed synthesized/gone/cdk.tf.json",
    ]);
    expect(await copy.script("golden", "--check")).toMatchObject({ code: 0 });
  });

  it("tell a function that was changed from one that was not", async () => {
    const folder = path.join(copy.folder, GOLDEN, "dev/assets");
    const [name = ""] = (await readdir(folder, { recursive: true })).filter((entry) => entry.endsWith("index.js"));
    await appendFile(path.join(folder, name), "// by hand\n");
    const { code, stderr } = await copy.script("golden", "--check");
    expect(stderr).toContain(`dev/assets/${name} differs`);
    expect(code).toBe(1);
  });
});
