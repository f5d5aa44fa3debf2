import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { synchronize } from "../../../cli/synth/synchronize";

let folder: string;
const file = (name: string) => path.join(folder, name);
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "synchronize-"));
  await mkdir(file("from/stacks/dev/assets/bundle/B2"), { recursive: true });
  await writeFile(file("from/stacks/dev/cdk.tf.json"), "new");
  await writeFile(file("from/stacks/dev/assets/bundle/B2/index.js"), "2");
});
afterEach(() => rm(folder, { recursive: true }));

it("brings what is new, and keeps what is beside it", async () => {
  await mkdir(file("to/stacks/dev/.terraform"), { recursive: true });
  await writeFile(file("to/stacks/dev/cdk.tf.json"), "old");
  await writeFile(file("to/stacks/dev/my_override.tf.json"), "mine");
  await synchronize(file("from"), file("to"));
  expect((await readdir(file("to/stacks/dev"))).sort()).toEqual([
    ".terraform",
    "assets",
    "cdk.tf.json",
    "my_override.tf.json",
  ]);
  expect(await readFile(file("to/stacks/dev/cdk.tf.json"), "utf8")).toBe("new");
});

it("does not touch a file that is the same", async () => {
  await synchronize(file("from"), file("to"));
  const before = await stat(file("to/stacks/dev/cdk.tf.json"));
  await synchronize(file("from"), file("to"));
  expect((await stat(file("to/stacks/dev/cdk.tf.json"))).ino).toBe(before.ino);
});

it("removes bundles that no stack uses any more", async () => {
  await mkdir(file("to/stacks/dev/assets/bundle/B1"), { recursive: true });
  await writeFile(file("to/stacks/dev/assets/bundle/B1/index.js"), "1");
  await synchronize(file("from"), file("to"));
  expect(await readdir(file("to/stacks/dev/assets/bundle"))).toEqual(["B2"]);
});
