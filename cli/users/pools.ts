import { Calls } from "../../migration/users/calls";
import { Directory, regionOf } from "../../migration/users/directory";
import { download } from "../../migration/users/download";
import { note } from "../print";
import { progressBar } from "../progress";
import { singleAttemptCognito } from "./clients";

export interface PoolOptions {
  /** Calls a second. */
  readonly rate: number;
  /** Where the pool is not in the Region that its id names. */
  readonly region?: string | undefined;
}

export function directory(poolId: string, { rate, region }: PoolOptions): Directory {
  return new Directory(singleAttemptCognito(region ?? regionOf(poolId)), poolId, new Calls(rate));
}

/** Reads a pool into a file with a progress bar; answers how many accounts it has. */
export async function downloadPool(pool: Directory, file: string, resume: boolean): Promise<number> {
  const { estimatedSize } = await pool.describe();
  // A pool that is new has nobody, and no time is left.
  const bar = estimatedSize > 0 ? progressBar(`accounts of ${pool.id} read`, estimatedSize) : undefined;
  try {
    return await download({ directory: pool, file, resume, note, onPage: (accounts) => bar?.update(accounts) });
  } finally {
    bar?.stop();
  }
}
