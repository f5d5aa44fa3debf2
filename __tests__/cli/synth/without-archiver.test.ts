import { writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../../support/project-copy";
import { PROJECT } from "../../support/synth";

let copy: ProjectCopy;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
});
afterAll(() => copy.remove());

it("cdktf is loaded without archiver, and still makes zip assets", async () => {
  const entry = [
    'import { withoutArchiver } from "./cli/synth/without-archiver";',
    "withoutArchiver();",
    'const { App, AssetType, TerraformAsset, TerraformStack } = require("cdktf");',
    'const stack = new TerraformStack(new App({ outdir: "out" }), "zipped");',
    'const asset = new TerraformAsset(stack, "asset", { path: "settings", type: AssetType.ARCHIVE });',
    "stack.node.root.synth();",
    'const loaded = Object.keys(require.cache).some((file) => file.includes("archiver-utils"));',
    'const zip = require("node:fs").readFileSync("out/stacks/zipped/" + asset.path);',
    "process.stdout.write(JSON.stringify([loaded, zip.subarray(0, 2).toString()]));",
  ];
  await writeFile(path.join(copy.folder, "zipped.ts"), entry.join("\n"));

  const { stdout, stderr } = await copy.run(process.execPath, ["cli/run.mjs", "zipped.ts"]);

  expect(stderr).toBe("");
  expect(JSON.parse(stdout)).toEqual([false, "PK"]);
});
