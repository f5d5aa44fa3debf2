import { MigrationError } from "../../migration/migration-error";
import type { Directory, PoolDescription } from "../../migration/pool/directory";
import type { Pools } from "../../migration/users/plan-lines";
import { directory } from "./pools";

export interface MoveArguments extends Pools {
  /** The folder with the files of the move. */
  readonly folder: string;
  /** Calls a second. */
  readonly rate: number;
  /** Overrides the Regions in the pools' ids. */
  readonly region?: string | undefined;
}

export interface ConnectedPools {
  readonly from: Directory;
  readonly to: Directory;
  readonly target: PoolDescription;
}

/** Both pools. Throws if one of them does not exist. */
export async function connect(args: MoveArguments): Promise<ConnectedPools> {
  if (args.from === args.to) throw new MigrationError("--from and --to are the same pool.");
  const [from, to] = [directory(args.from, args), directory(args.to, args)];
  await from.describe();
  return { from, to, target: await to.describe() };
}
