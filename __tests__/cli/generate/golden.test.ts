import { rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { GOLDEN, goldenDifferences } from "../../../cli/generate/golden";
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

  it("are written, and then are up to date", async () => {
    const { stdout } = await copy.script("golden");
    expect(stdout.trim().split("\n")).toEqual(
      ["dev", "prod", "staging", "state"].map((name) => `added synthesized/${name}.tf.json`),
    );
    expect(await copy.script("golden")).toMatchObject({ code: 0, stdout: "synthesized/ was up to date\n" });
    expect(await copy.script("golden", "--check")).toMatchObject({ code: 0 });
  });

  it("that are stale are named, each with why, and the command that refreshes them", async () => {
    const file = (name: string) => path.join(copy.folder, GOLDEN, name);
    await writeFile(file("gone.tf.json"), "{}\n");
    await rm(file("prod.tf.json"));
    await writeFile(file("state.tf.json"), '{\n  "resource": {}\n}\n');

    expect(await copy.script("golden", "--check")).toMatchObject({
      code: 1,
      stderr:
        "synthesized/ is stale: run `npm run golden`, review what changes, and commit it.\n" +
        "  gone.tf.json belongs to no stack any more\n" +
        "  prod.tf.json is missing\n" +
        "  state.tf.json differs, first in line 2\n",
    });
    const { stdout } = await copy.script("golden");
    expect(stdout.trim().split("\n").sort()).toEqual([
      "added synthesized/prod.tf.json",
      "changed synthesized/state.tf.json",
      "removed synthesized/gone.tf.json",
    ]);
    expect(await copy.script("golden", "--check")).toMatchObject({ code: 0 });
  });
});
