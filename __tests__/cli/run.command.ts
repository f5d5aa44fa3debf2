import { mkdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { engines } from "../../package.json";
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

it("a Node.js that is too old is told before anything else", async () => {
  const [, major = "", minor = ""] = /^>=(\d+)\.(\d+)$/.exec(engines.node) ?? [];
  const started = (version: string) => {
    const versions = `{ value: { ...process.versions, node: "${version}" } }`;
    const pretend = `data:text/javascript,Object.defineProperty(process, "versions", ${versions})`;
    return copy.run(process.execPath, ["--import", pretend, "cli/run.mjs", "nothing.ts"]);
  };
  const message = (version: string) => `Node.js ${major}.${minor} or newer is needed; this is ${version}.\n`;
  for (const version of ["18.20.4", `${major}.${Number(minor) - 1}.9`, "8.0.0"]) {
    expect(await started(version)).toEqual({ code: 1, stdout: "", stderr: message(version) });
  }
  for (const version of [`${major}.${minor}.0`, `${Number(major) + 2}.0.0`]) {
    expect((await started(version)).stderr).toContain("nothing.ts");
  }
});

it("environments.ts that is missing, or exports nothing, is told in one sentence", async () => {
  const file = path.join(copy.folder, "environments.ts");
  const synth = () => copy.script("synth");
  await rm(file);
  expect(await synth()).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^There is no file environments\.ts .*\n$/),
  });
  await writeFile(file, "export const project = {};");
  expect(await synth()).toMatchObject({
    code: 1,
    stderr: "environments.ts exports no settings: end it with `export default project;`.\n",
  });
  await copy.configure(PROJECT);
});
