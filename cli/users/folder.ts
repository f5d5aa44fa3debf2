import { readFile } from "node:fs/promises";
import path from "node:path";
import type { Store } from "../../migration/store/store";
import { type Decided, readDecisions } from "../../migration/users/decisions";
import { openForPlan, openPlanned } from "../../migration/users/move-store";
import { type Pools, planOf } from "../../migration/users/plan-lines";
import { ResolvedPlan } from "../../migration/users/resolved-plan";

/** The files of a move, in a folder that only its owner can read. */
export class MoveFolder {
  readonly decisions: string;
  readonly mapping: string;
  readonly failed: string;

  constructor(
    private readonly folder: string,
    private readonly pools: Pools,
  ) {
    this.decisions = path.join(folder, "decisions.yaml");
    this.mapping = path.join(folder, "mapping.csv");
    this.failed = path.join(folder, "failed.csv");
  }

  /** Runs `work` with the store of the move, which no other command can use meanwhile. `how`: "for plan" creates it, "planned" needs a plan in it. */
  async withStore<T>(how: "for plan" | "planned", work: (store: Store) => Promise<T>): Promise<T> {
    const store = await (how === "planned" ? openPlanned : openForPlan)(this.folder, this.pools);
    try {
      return await work(store);
    } finally {
      store.close();
    }
  }

  /** The existing decisions, by account. */
  async readDecisions(): Promise<Map<string, Decided>> {
    const text = await readFile(this.decisions, "utf8").catch((error: NodeJS.ErrnoException) => {
      // A file that cannot be read is not an empty one: the next plan would replace it.
      if (error.code === "ENOENT") return undefined;
      throw error;
    });
    return text === undefined ? new Map() : readDecisions(text, this.decisions);
  }

  /** The plan with its decisions, both validated. */
  async resolvedPlan(store: Store): Promise<ResolvedPlan> {
    return ResolvedPlan.of(() => planOf(store), await this.readDecisions(), this.decisions);
  }
}
