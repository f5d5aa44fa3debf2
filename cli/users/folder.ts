import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { lockFile } from "../../migration/lock-file";
import { Store } from "../../migration/store/store";
import { type Decided, readDecisions } from "../../migration/users/decisions";
import { type Pools, readPlan } from "../../migration/users/plan-file";
import { MoveProgress } from "../../migration/users/progress";
import { ResolvedPlan } from "../../migration/users/resolved-plan";

/** The files of a move, in a folder that only its owner can read. */
export class MoveFolder {
  readonly plan: string;
  readonly decisions: string;
  readonly journal: string;
  readonly mapping: string;
  readonly failed: string;

  constructor(
    private readonly folder: string,
    private readonly pools: Pools,
  ) {
    this.plan = path.join(folder, "plan.jsonl");
    this.decisions = path.join(folder, "decisions.yaml");
    this.journal = path.join(folder, "journal.jsonl");
    this.mapping = path.join(folder, "mapping.csv");
    this.failed = path.join(folder, "failed.csv");
  }

  /** The accounts of both pools. */
  open(): Store {
    return Store.open(path.join(this.folder, "move.db"));
  }

  /** Excludes other commands on this move. Returns a function that releases the lock. */
  async lock(): Promise<() => Promise<void>> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return lockFile(this.journal);
  }

  /** The existing decisions, by account. */
  async readDecisions(): Promise<Map<string, Decided>> {
    const text = await readFile(this.decisions, "utf8").catch(() => undefined);
    return text === undefined ? new Map() : readDecisions(text, this.decisions);
  }

  /** The progress of the move. */
  readProgress(): Promise<MoveProgress> {
    return MoveProgress.read(this.journal, this.pools);
  }

  /** The plan with its decisions, both validated. */
  async resolvedPlan(): Promise<ResolvedPlan> {
    return ResolvedPlan.of(() => readPlan(this.plan, this.pools), await this.readDecisions(), this.decisions);
  }
}
