import { rmSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** What has to be gone when this process ends, however it ends. */
const pending = new Set<() => void>();

process.on("exit", () => {
  for (const cleanup of pending) {
    try {
      cleanup();
    } catch {
      // The others are still to be done.
    }
  }
});

/** Does something when this process ends early: a signal ends it without running `finally`. Answers how to take it back. */
export function atExit(cleanup: () => void): () => void {
  pending.add(cleanup);
  return () => pending.delete(cleanup);
}

/** Removes a file or a folder after the work, and when a signal ends this process during it. */
export async function removedAfter<T>(target: string, work: () => Promise<T>): Promise<T> {
  const done = atExit(() => rmSync(target, { recursive: true, force: true }));
  try {
    return await work();
  } finally {
    await rm(target, { recursive: true, force: true });
    done();
  }
}

/** A temporary folder that only this user can read (mkdtemp makes it so), for as long as the work takes. */
export async function inTemporaryFolder<T>(name: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), `${name}-`));
  return removedAfter(folder, () => work(folder));
}
