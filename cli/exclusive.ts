import { readFile, rm, writeFile } from "node:fs/promises";
import { Failure } from "./failure";

/**
 * Does something in a folder that nobody else in this folder may do at the same time: two commands that synthesize and
 * initialize the same stack would read each other's half-written files. (Others elsewhere are kept out by the state's lock.)
 */
export async function exclusively<T>(lockFile: string, what: string, work: () => Promise<T>): Promise<T> {
  await take(lockFile, what);
  try {
    return await work();
  } finally {
    await rm(lockFile, { force: true });
  }
}

async function take(lockFile: string, what: string): Promise<void> {
  const mine = JSON.stringify({ pid: process.pid, what, since: new Date().toISOString() });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      return await writeFile(lockFile, mine, { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = await readFile(lockFile, "utf8").then(JSON.parse, () => undefined);
    if (holder && isRunning(holder.pid)) {
      throw new Failure(
        `"${holder.what}" has been running in this folder since ${holder.since} (process ${holder.pid}): wait for it to end.`,
      );
    }
    // Who wrote it was killed.
    await rm(lockFile, { force: true });
  }
  throw new Failure(`${lockFile} comes back again and again: another command is starting. Try again.`);
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
