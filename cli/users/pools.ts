import { Calls } from "../../migration/users/calls";
import { Directory, regionOf } from "../../migration/users/directory";
import { download } from "../../migration/users/download";
import { note } from "../print";
import { progressBar } from "../progress";
import { singleAttemptCognito } from "./clients";

export interface PoolOptions {
  /** Calls a second. */
  readonly rate: number;
  /** Overrides the Region in the pool's id. */
  readonly region?: string | undefined;
}

export function directory(poolId: string, { rate, region }: PoolOptions): Directory {
  return new Directory(singleAttemptCognito(region ?? regionOf(poolId)), poolId, new Calls(rate));
}

/** Reads a pool into a file with a progress bar. Returns the number of accounts. */
export async function downloadPool(pool: Directory, file: string, resume: boolean): Promise<number> {
  const { estimatedSize } = await pool.describe();
  // A new pool is empty: no progress bar can be shown.
  const bar = estimatedSize > 0 ? progressBar(`accounts of ${pool.id} read`, estimatedSize) : undefined;
  try {
    return await download({ directory: pool, file, resume, note, onPage: (accounts) => bar?.update(accounts) });
  } finally {
    bar?.stop();
  }
}
