import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { MigrationError } from "./migration-error";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** Locks that this process holds. */
const held = new Set<string>();

/**
 * Locks a file for this process. Returns a function that releases the lock. The lock of a killed process is taken over; if
 * two processes try that at the same time, one succeeds.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  const mine = `${lock}.${randomUUID()}`;
  const text = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  // Written to a temporary file and then linked, so that no process reads an incomplete lock.
  await writeFile(mine, text, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < 10; attempt++) {
      if (await succeeds(link(mine, lock), "EEXIST")) {
        held.add(lock);
        return async () => {
          held.delete(lock);
          await rm(lock, { force: true });
        };
      }
      const found = await readFile(lock, "utf8").catch(() => undefined);
      if (found === undefined) continue;
      refuseLiving(found, file, lock);
      // Renamed before it is removed, to distinguish it from a lock that another process has created since.
      const aside = `${lock}.${randomUUID()}`;
      if (!(await succeeds(rename(lock, aside), "ENOENT"))) continue;
      if ((await readFile(aside, "utf8")) !== found) await succeeds(link(aside, lock), "EEXIST");
      await rm(aside);
    }
    throw new MigrationError(`${lock} is created again and again by other commands that start. Try again.`);
  } finally {
    await rm(mine, { force: true });
  }
}

function refuseLiving(text: string, file: string, lock: string): void {
  const { pid, host, since } = JSON.parse(text) as Holder;
  if (host === hostname() && !isRunning(pid) && !held.has(lock)) return;
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  throw new MigrationError(
    `${file} has been in use since ${since} by ${where}: wait for it to end, or delete ${lock} if you are sure that it has ended.`,
  );
}

function isRunning(pid: number): boolean {
  // This process has the pid of a killed one: containers reuse a few low pids.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Returns false if the operation fails with the error code `unless`. Other errors are thrown. */
async function succeeds(work: Promise<void>, unless: string): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === unless) return false;
    throw error;
  }
}
