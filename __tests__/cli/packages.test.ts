import { mkdir, readdir, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

let copy: ProjectCopy;
const file = (name: string) => path.join(copy.folder, name);
const PACKAGES = ".build/entry-packages";

beforeEach(async () => {
  copy = await ProjectCopy.make(PROJECT);
});
afterEach(() => copy.remove());

/** Runs a file with these lines; answers what it printed. */
async function run(...lines: string[]): Promise<string> {
  await writeFile(file("entry.ts"), lines.join("\n"));
  const { code, stdout, stderr } = await copy.run(process.execPath, ["cli/run.mjs", "entry.ts"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout;
}

/** The project's packages, with a zod of the test's own in the place of zod. */
async function otherZod(exports: string): Promise<void> {
  const installed = path.resolve("node_modules");
  await rm(file("node_modules"));
  await mkdir(file("node_modules/zod"), { recursive: true });
  for (const name of await readdir(installed)) {
    if (name !== "zod" && !name.startsWith("."))
      await symlink(path.join(installed, name), file(`node_modules/${name}`), "junction");
  }
  await writeFile(file("node_modules/zod/package.json"), '{ "name": "zod", "main": "index.js" }');
  await writeFile(file("node_modules/zod/index.js"), exports);
}

const PRINTS = ['import { word } from "zod";', "process.stdout.write(word);"];

it("packages of many files are bundled once, and come from the bundle from then on", async () => {
  const lines = [
    'import { App } from "cdktf";',
    'import { z } from "zod";',
    "const files = Object.keys(require.cache).filter((name) => /node_modules.(cdktf|zod)\\b/.test(name)).length;",
    "process.stdout.write([typeof App, typeof z.object, files].join());",
  ];
  expect(await run(...lines)).toBe("function,function,2");
  const first = await readdir(file(PACKAGES));
  expect(first).toHaveLength(3);
  expect(await run(...lines)).toBe("function,function,2");
  expect(await readdir(file(PACKAGES))).toEqual(first);
});

it("whoever requires a package from elsewhere gets the same one", async () => {
  await writeFile(file("elsewhere.cjs"), 'module.exports = require("constructs").Construct;');
  const lines = [
    'import path from "node:path";',
    'import { TerraformStack, App } from "cdktf";',
    'const Construct = require(path.resolve("elsewhere.cjs"));',
    'process.stdout.write(String(new TerraformStack(new App(), "one") instanceof Construct));',
  ];
  expect(await run(...lines)).toBe("true");
});

it("a package that was changed is bundled again", async () => {
  await otherZod('exports.word = "one";');
  expect(await run(...PRINTS)).toBe("one");
  // As long as before: only the time of change tells.
  await writeFile(file("node_modules/zod/index.js"), 'exports.word = "two";');
  expect(await run(...PRINTS)).toBe("two");
});

it("a package that comes to stand before another is seen", async () => {
  await otherZod('exports.word = require("cdktf-nested");');
  const nested = async (folder: string, word: string) => {
    await mkdir(file(folder), { recursive: true });
    await writeFile(file(`${folder}/index.js`), `module.exports = "${word}";`);
  };
  await writeFile(file("node_modules/.package-lock.json"), "{}");
  await nested("node_modules/cdktf-nested", "above");
  expect(await run(...PRINTS)).toBe("above");
  await nested("node_modules/zod/node_modules/cdktf-nested", "nested");
  await writeFile(file("node_modules/.package-lock.json"), '{ "changed": true }');
  expect(await run(...PRINTS)).toBe("nested");
});

it.each([
  ["the list of what is in it", /^current\.json$/],
  ["the bundle", /\.cjs$/],
  ["V8's code", /\.cjs\.\d+$/],
])("%s that broke off is made anew", async (_, which) => {
  const lines = ['import { App } from "cdktf";', "process.stdout.write(typeof App);"];
  expect(await run(...lines)).toBe("function");
  const broken = (await readdir(file(PACKAGES))).find((name) => which.test(name)) ?? "";
  await truncate(path.join(file(PACKAGES), broken), 10);
  expect(await run(...lines)).toBe("function");
  const sizes = await Promise.all((await readdir(file(PACKAGES))).map((name) => stat(path.join(file(PACKAGES), name))));
  expect(sizes.map(({ size }) => size > 1000)).toEqual([true, true, true]);
});

it("a package that is missing is missed as ever", async () => {
  await otherZod('require("not-installed");');
  await writeFile(file("entry.ts"), PRINTS.join("\n"));
  const { code, stderr } = await copy.run(process.execPath, ["cli/run.mjs", "entry.ts"]);
  expect(code).toBe(1);
  expect(stderr).toContain("Cannot find module 'not-installed'");
});

it("cdktf is loaded without archiver, and still makes zip assets", async () => {
  const lines = [
    'const { App, AssetType, TerraformAsset, TerraformStack } = require("cdktf");',
    'const stack = new TerraformStack(new App({ outdir: "out" }), "zipped");',
    'const asset = new TerraformAsset(stack, "asset", { path: "settings", type: AssetType.ARCHIVE });',
    "stack.node.root.synth();",
    'const loaded = Object.keys(require.cache).some((file) => file.includes("archiver-utils"));',
    'const zip = require("node:fs").readFileSync("out/stacks/zipped/" + asset.path);',
    "process.stdout.write(JSON.stringify([loaded, zip.subarray(0, 2).toString()]));",
  ];
  expect(JSON.parse(await run(...lines))).toEqual([false, "PK"]);
});
