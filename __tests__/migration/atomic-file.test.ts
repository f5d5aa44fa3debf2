import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { AtomicFile } from "../../migration/atomic-file";

const folder = mkdtempSync(path.join(tmpdir(), "atomic-"));
const file = path.join(folder, "file.csv");
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => writeFileSync(file, "before", { mode: 0o644 }));

it("replaces a file when it is complete, for its owner only", () => {
  const written = new AtomicFile(file);
  written.write("a".repeat(100_000));
  expect(readFileSync(file, "utf8")).toBe("before");
  written.commit();
  expect(readFileSync(file, "utf8")).toBe("a".repeat(100_000));
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(folder)).toEqual(["file.csv"]);
});

it("leaves the file as it was where it is not completed, also when the process ends", () => {
  const listeners = process.listenerCount("exit");
  new AtomicFile(file).discard();
  expect(process.listenerCount("exit")).toBe(listeners);
  const abandoned = new AtomicFile(file);
  abandoned.write("half");
  const remove = process.listeners("exit").at(-1);
  remove?.(0);
  expect(readdirSync(folder)).toEqual(["file.csv"]);
  expect(readFileSync(file, "utf8")).toBe("before");
  abandoned.discard();
});

it("says in one sentence which file cannot be written, and why", () => {
  expect(() => new AtomicFile(path.join(folder, "none", "x.csv"))).toThrow(
    `${folder}/none/x.csv cannot be written: there is no such file or folder.`,
  );
  const inPlaceOfFolder = new AtomicFile(folder);
  expect(() => inPlaceOfFolder.commit()).toThrow(`${folder} cannot be written: this is a folder, not a file.`);
  inPlaceOfFolder.discard();
});
