import { Calls } from "../../migration/pool/calls";
import { Directory, regionOf } from "../../migration/pool/directory";
import type { Accounts, Source } from "../../migration/users/accounts";
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

/** Reads a pool into a store with a progress bar. Returns the number of accounts. */
export async function readPool(accounts: Accounts, source: Source, pool: Directory, resume: boolean): Promise<number> {
  const { estimatedSize } = await pool.describe();
  // A new pool is empty: no progress bar can be shown.
  const bar = estimatedSize > 0 ? progressBar(`accounts of ${pool.id} read`, estimatedSize) : undefined;
  const onPage = (count: number) => bar?.update(count);
  return accounts.read(source, { directory: pool, resume, note, onPage }).finally(() => bar?.stop());
}
