import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeableFolder, readableFile, readableFolder, regularFile, typedPath, writableFile } from "../../cli/files";
import { ProjectCopy } from "../support/project-copy";
import { PROJECT } from "../support/settings";

const folder = mkdtempSync(path.join(tmpdir(), "files-"));
const file = path.join(folder, "file.txt");
writeFileSync(file, "");
const before = process.env.INIT_CWD;
beforeEach(() => {
  process.env.INIT_CWD = folder;
});
afterAll(() => {
  if (before === undefined) delete process.env.INIT_CWD;
  else process.env.INIT_CWD = before;
  rmSync(folder, { recursive: true });
});

const refusal = (message: string) => expect.objectContaining({ name: "Failure", exitCode: 64, message });

it("a relative path begins where npm was called, an absolute one stays", () => {
  expect(typedPath("file.txt")).toBe(file);
  expect(typedPath("/tmp/file.txt")).toBe("/tmp/file.txt");
});

it("a file to be read has to be there", () => {
  expect(readableFile("file.txt")).toBe(file);
  expect(() => readableFile("none.txt")).toThrow(refusal(`There is no file ${folder}/none.txt.`));
  expect(() => readableFile("file.txt/none")).toThrow(refusal(`There is no file ${file}/none.`));
  expect(() => readableFile(folder)).toThrow(refusal(`${folder} is a folder, not a file.`));
});

it("a file to be written needs its folder", () => {
  expect(writableFile("file.txt")).toBe(file);
  expect(writableFile("new.txt")).toBe(path.join(folder, "new.txt"));
  expect(() => writableFile("none/x.txt")).toThrow(
    refusal(`${folder}/none/x.txt cannot be written: there is no folder ${folder}/none.`),
  );
  expect(() => writableFile("file.txt/x")).toThrow(refusal(`${file}/x cannot be written: there is no folder ${file}.`));
  expect(() => writableFile(folder)).toThrow(refusal(`${folder} cannot be written: it is a folder.`));
});

it("a pipe is no file that can be read twice, and none that can be replaced", () => {
  const pipe = path.join(folder, "pipe");
  execFileSync("mkfifo", [pipe]);
  expect(() => regularFile("pipe")).toThrow(refusal(`${pipe} is no regular file: save it in one.`));
  expect(() => writableFile("pipe")).toThrow(refusal(`${pipe} cannot be written: it is no regular file.`));
  expect(regularFile("file.txt")).toBe(file);
});

it("a folder is no file", () => {
  expect(readableFolder(".")).toBe(folder);
  expect(makeableFolder("new/folder")).toBe(path.join(folder, "new/folder"));
  expect(() => readableFolder("none")).toThrow(refusal(`There is no folder ${folder}/none.`));
  expect(() => makeableFolder("file.txt")).toThrow(refusal(`${file} is a file, not a folder.`));
});

it("a command that is called in another folder takes paths from there, with and without npm", async () => {
  const copy = await ProjectCopy.make(PROJECT);
  try {
    writeFileSync(path.join(folder, "plan.json"), "{}");
    const run = path.join(copy.folder, "cli/run.mjs");
    const args = [run, "cli/main.ts", "review", "dev", "--plan", "plan.json", "--out", "none/x"];
    const env = { PATH: process.env.PATH };
    const { spawnSync } = await import("node:child_process");
    const message = `${folder}/none/x cannot be written: there is no folder ${folder}/none.\n`;
    expect(spawnSync(process.execPath, args, { cwd: folder, env, encoding: "utf8" })).toMatchObject({
      status: 64,
      stderr: message,
    });
    expect(
      spawnSync("npm", ["--prefix", copy.folder, "run", "--silent", "review", "--", "dev", "--out", "none/x"], {
        cwd: folder,
        env,
        encoding: "utf8",
      }),
    ).toMatchObject({ status: 64, stderr: message });
  } finally {
    await copy.remove();
  }
});
