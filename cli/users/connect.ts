import { MigrationError } from "../../migration/migration-error";
import type { Directory, PoolDescription } from "../../migration/users/directory";
import type { Pools } from "../../migration/users/plan-file";
import { directory } from "./pools";

export interface MoveArguments extends Pools {
  /** Where the files of the move are. */
  readonly folder: string;
  /** Calls a second. */
  readonly rate: number;
  /** Where the pools are not in the Regions that their ids name. */
  readonly region?: string | undefined;
}

export interface ConnectedPools {
  readonly from: Directory;
  readonly to: Directory;
  readonly target: PoolDescription;
}

/** Both pools, each proved to be there. */
export async function connect(args: MoveArguments): Promise<ConnectedPools> {
  if (args.from === args.to) throw new MigrationError("--from and --to are the same pool.");
  const [from, to] = [directory(args.from, args), directory(args.to, args)];
  await from.describe();
  return { from, to, target: await to.describe() };
}
