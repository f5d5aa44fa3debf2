import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { exclusively } from "../../cli/exclusive";

let folder: string;
let lock: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "exclusive-"));
  lock = path.join(folder, "dev.lock");
});
afterEach(() => rm(folder, { recursive: true }));

it("keeps a second command out of the folder, naming the first", async () => {
  await exclusively(lock, "deploy dev", async () => {
    await expect(exclusively(lock, "plan dev", async () => {})).rejects.toThrow(
      new RegExp(`^"deploy dev" has been running in this folder since .* \\(process ${process.pid}\\): wait`),
    );
  });
});

it("lets the next one in when it is done, and when it failed", async () => {
  await expect(exclusively(lock, "deploy dev", () => Promise.reject(new Error("boom")))).rejects.toThrow("boom");
  expect(await exclusively(lock, "plan dev", async () => "done")).toBe("done");
  expect(existsSync(lock)).toBe(false);
});

it("does not wait for a command that was killed", async () => {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  await writeFile(lock, JSON.stringify({ pid, what: "deploy dev", since: "2026-01-01T00:00:00Z" }));
  expect(await exclusively(lock, "plan dev", async () => "done")).toBe("done");
});

it("does not trip over half a lock", async () => {
  await writeFile(lock, '{"pid":');
  expect(await exclusively(lock, "plan dev", async () => "done")).toBe("done");
});
