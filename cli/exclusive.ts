import { randomUUID } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";
import { removedAfter } from "./cleanup";
import { Failure } from "./failure";

/**
 * Does something in a folder that no other command in this folder may do at the same time: two commands that synthesize and
 * initialize the same stack would read each other's half-written files. (Others elsewhere are kept out by the state's lock.)
 */
export async function exclusively<T>(lockFile: string, what: string, work: () => Promise<T>): Promise<T> {
  await take(lockFile, what);
  return removedAfter(lockFile, work);
}

async function take(lockFile: string, what: string): Promise<void> {
  const mine = `${lockFile}.${randomUUID()}`;
  await removedAfter(mine, async () => {
    await writeFile(mine, JSON.stringify({ pid: process.pid, what, since: new Date().toISOString() }));
    for (let attempt = 0; attempt < 3; attempt++) {
      // A link appears with its content in it, or not at all.
      const taken = await link(mine, lockFile).then(
        () => true,
        (error: NodeJS.ErrnoException) => {
          if (error.code === "EEXIST") return false;
          throw error;
        },
      );
      if (taken) return;
      const holder = await holderOf(lockFile);
      if (holder && isRunning(holder.pid)) {
        throw new Failure(
          `"${holder.what}" has been running in this folder since ${holder.since} (process ${holder.pid}): wait for it to end.`,
        );
      }
      // Who wrote it was killed.
      await rm(lockFile, { force: true });
    }
    throw new Failure(`${lockFile} comes back again and again: another command is starting. Try again.`);
  });
}

interface Holder {
  readonly pid: number;
  readonly what: string;
  readonly since: string;
}

async function holderOf(lockFile: string): Promise<Holder | undefined> {
  try {
    return JSON.parse(await readFile(lockFile, "utf8")) as Holder;
  } catch {
    return undefined;
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
