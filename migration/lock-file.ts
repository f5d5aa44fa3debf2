import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { MigrationError } from "./migration-error";

interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly since: string;
}

/** What this process has locked itself. */
const held = new Set<string>();

/**
 * Keeps other processes off a file for as long as this one has it: answers what gives it back. The lock of a process that
 * was killed is taken over; of two that want to take it over, one gets it.
 */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  const mine = `${lock}.${randomUUID()}`;
  const text = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  // Written aside and linked: nobody ever reads half of it.
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
      // Renamed before it is removed, so that it can be told from one that somebody else has put there since.
      const aside = `${lock}.${randomUUID()}`;
      if (!(await succeeds(rename(lock, aside), "ENOENT"))) continue;
      if ((await readFile(aside, "utf8")) !== found) await succeeds(link(aside, lock), "EEXIST");
      await rm(aside);
    }
    throw new MigrationError(`${lock} comes back again and again: other commands are starting. Try again.`);
  } finally {
    await rm(mine, { force: true });
  }
}

function refuseLiving(text: string, file: string, lock: string): void {
  const { pid, host, since } = JSON.parse(text) as Holder;
  if (host === hostname() && !isRunning(pid) && !held.has(lock)) return;
  const where = host === hostname() ? `process ${pid}` : `process ${pid} on ${host}`;
  throw new MigrationError(
    `${file} has been in use since ${since} by ${where}: wait for it to end, or delete ${lock} if you know that it did.`,
  );
}

function isRunning(pid: number): boolean {
  // A process that has the number of a killed one: in containers the same few numbers come again.
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Whether something was done, or could not be for this one reason. */
async function succeeds(work: Promise<void>, unless: string): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === unless) return false;
    throw error;
  }
}
