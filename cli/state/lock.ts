import { randomUUID } from "node:crypto";
import { hostname, userInfo } from "node:os";
import { Failure } from "../failure";
import type { StateBucket } from "./bucket";
import { lockKey } from "./keys";

/** What Terraform writes into its lock object. */
export interface StateLock {
  readonly ID: string;
  readonly Operation: string;
  readonly Info: string;
  /** `user@host`. */
  readonly Who: string;
  readonly Version: string;
  /** RFC 3339. */
  readonly Created: string;
  readonly Path: string;
}

/** The lock on a state, if a run holds it. */
export async function stateLock(bucket: StateBucket, key: string): Promise<StateLock | undefined> {
  const stored = await bucket.read(lockKey(key));
  if (!stored) return undefined;
  try {
    const lock = JSON.parse(stored.text) as StateLock;
    if (typeof lock.ID === "string") return lock;
  } catch {
    // Said below.
  }
  throw new Failure(
    `${lockKey(key)} in ${bucket.name} is no lock of Terraform's: delete it there once no run works on this state.`,
  );
}

/**
 * Releases a lock. Terraform's own `force-unlock` cannot do it where there is no state yet: it would first make one, for
 * which it needs the lock.
 */
export async function releaseLock(bucket: StateBucket, key: string, id: string): Promise<void> {
  const lock = await stateLock(bucket, key);
  if (!lock) return;
  if (lock.ID !== id) throw new Failure(`The lock is ${lock.ID}, not ${id}: it was not released.`, 64);
  await bucket.remove(lockKey(key));
}

/** The holder of a lock, as the beginning of a message. */
export function holder({ Who, Created, Operation, ID }: StateLock, what: string): string {
  return `${Who} has held the lock on ${what} since ${Created} (${Operation}, lock ${ID}).`;
}

/** Does something while this process holds Terraform's lock on a state, so that Terraform elsewhere is kept out. */
export async function withLock<T>(
  bucket: StateBucket,
  key: string,
  { operation, unlock, advice }: LockOptions,
  work: () => Promise<T>,
): Promise<T> {
  const id = randomUUID();
  await take(bucket, key, { operation, unlock, advice }, id);
  try {
    return await work();
  } finally {
    await releaseLock(bucket, key, id);
  }
}

export interface LockOptions {
  /** What is done, as the lock says. */
  readonly operation: string;
  /** Id of a lock that may be taken over. */
  readonly unlock: string | undefined;
  /** What to do about the lock of a run that is dead; it is given the lock's id. */
  readonly advice: (id: string) => string;
}

async function take(bucket: StateBucket, key: string, options: LockOptions, id: string): Promise<void> {
  const { operation, unlock, advice } = options;
  const mine: StateLock = {
    ID: id,
    Operation: operation,
    Info: `process ${process.pid}`,
    Who: whoAmI(),
    Version: "",
    Created: new Date().toISOString(),
    Path: `${bucket.name}/${key}`,
  };
  for (let attempt = 0; attempt < 3; attempt++) {
    if (await bucket.write(lockKey(key), JSON.stringify(mine))) return;
    const lock = await stateLock(bucket, key);
    if (!lock) continue;
    if (lock.ID !== unlock && !isLeftBehind(lock, operation)) {
      throw new Failure(`${holder(lock, key)} If that run is dead: ${advice(lock.ID)}. If it may be alive, wait.`);
    }
    await releaseLock(bucket, key, lock.ID);
  }
  throw new Failure(`The lock ${lockKey(key)} comes back again and again: another run is starting. Try again.`);
}

/** Whether a lock is that of a command of ours, on this machine, whose process is no more. */
function isLeftBehind({ Operation, Info, Who }: StateLock, operation: string): boolean {
  const pid = /^process (\d+)$/.exec(Info)?.[1];
  if (Operation !== operation || Who !== whoAmI() || pid === undefined) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function whoAmI(): string {
  return `${userInfo().username}@${hostname()}`;
}
