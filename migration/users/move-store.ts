import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { MigrationError } from "../migration-error";
import { Store } from "../store/store";
import { isFormer, takeOver } from "./former";
import type { Pools } from "./plan-lines";

/**
 * Opens the store of a move that is planned, the file move.db of a folder. Throws a {@link MigrationError} if there is no plan, if it is the
 * move of other pools, or if another process uses it.
 */
export async function openPlanned(folder: string, pools: Pools): Promise<Store> {
  const file = path.join(folder, "move.db");
  const refusal = `There is no plan in ${file}: run \`users plan --from ${pools.from} --to ${pools.to}\` first.`;
  if (!existsSync(file) && !isFormer(folder)) throw new MigrationError(refusal);
  const store = await opened(file, pools, false);
  if (store.setting("planned") !== undefined) return store;
  store.close();
  throw new MigrationError(refusal);
}

/** The same for a new plan. A plan for other pools is replaced, unless accounts were moved by it. */
export async function openForPlan(folder: string, pools: Pools): Promise<Store> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return opened(path.join(folder, "move.db"), pools, true);
}

async function opened(file: string, pools: Pools, isForPlan: boolean): Promise<Store> {
  const store = Store.open(file);
  try {
    const [from, to] = [store.setting("from"), store.setting("to")];
    if (from !== pools.from || to !== pools.to) {
      const isFree = from === undefined || (isForPlan && store.get("SELECT 1 FROM step") === undefined);
      if (!isFree) {
        throw new MigrationError(
          `${file} is the move from ${from} to ${to}, not from ${pools.from} to ${pools.to}: name another --folder.`,
        );
      }
      store.transaction(() => {
        for (const table of ["account", "duplicate", "reading", "plan"]) store.change(`DELETE FROM ${table}`);
        // A rewriting of ids may have settings of its own here.
        store.unset("planned", "moving");
        for (const name of ["from", "to"] as const) store.set(name, pools[name]);
      });
    }
    if (isFormer(path.dirname(file))) {
      await takeOver(store, path.dirname(file), pools).catch((error) => {
        // Otherwise a mistyped pool would be the only one that the store takes from now on.
        if (from === undefined) store.unset("from", "to");
        throw error;
      });
    }
    return store;
  } catch (error) {
    store.close();
    throw error;
  }
}
