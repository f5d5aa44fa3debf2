import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

let copy: ProjectCopy;
beforeAll(async () => {
  copy = await ProjectCopy.make(PROJECT);
});
afterAll(() => copy.remove());

it("an error's stack names the file and the line of the TypeScript", async () => {
  await mkdir(path.join(copy.folder, "wrong"));
  const lines = [
    "interface NoMoreInTheBundle {}",
    "function fails(): never {",
    '  throw new TypeError("on purpose");',
    "}",
    "try { fails(); } catch (error) { process.stdout.write((error as Error).stack ?? ''); }",
  ];
  await writeFile(path.join(copy.folder, "wrong/entry.ts"), lines.join("\n"));

  const { code, stdout } = await copy.run(process.execPath, ["cli/run.mjs", "wrong/entry.ts"]);

  expect(code).toBe(0);
  const [message, thrown, called] = stdout.split("\n");
  expect(message).toBe("TypeError: on purpose");
  expect(thrown).toMatch(/^ {4}at fails \(.*[\\/]wrong[\\/]entry\.ts:3:9\)$/);
  expect(called).toMatch(/[\\/]wrong[\\/]entry\.ts:5:7\)$/);
});

it("passes on the arguments, and an entry that cannot be bundled is a failure that says where", async () => {
  await writeFile(path.join(copy.folder, "arguments.ts"), "process.stdout.write(process.argv.slice(2).join());");
  await writeFile(path.join(copy.folder, "broken.ts"), "const = 1;");

  const fine = await copy.run(process.execPath, ["cli/run.mjs", "arguments.ts", "a", "--b"]);
  const broken = await copy.run(process.execPath, ["cli/run.mjs", "broken.ts"]);

  expect(fine).toMatchObject({ code: 0, stdout: "a,--b" });
  expect(broken.code).toBe(1);
  expect(broken.stderr).toContain("broken.ts:1:6");
});
