import { mkdir, readFile } from "node:fs/promises";
import path from "node:path";
import { lockFile } from "../../migration/lock-file";
import { type Decided, readDecisions } from "../../migration/users/decisions";
import { type Pools, readPlan } from "../../migration/users/plan-file";
import { MoveProgress } from "../../migration/users/progress";
import { ResolvedPlan } from "../../migration/users/resolved-plan";

/** The files of a move from one pool to another, in a folder that only its owner can read. */
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

  /** Where a pool is read into. */
  download(which: "from" | "to"): string {
    return path.join(this.folder, `${which}.jsonl`);
  }

  /** Keeps a move and another planning out for a while; answers what lets them in again. */
  async lock(): Promise<() => Promise<void>> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    return lockFile(this.journal);
  }

  /** The decisions that were made so far, by account. */
  async readDecisions(): Promise<Map<string, Decided>> {
    const text = await readFile(this.decisions, "utf8").catch(() => undefined);
    return text === undefined ? new Map() : readDecisions(text, this.decisions);
  }

  /** What was done so far. */
  readProgress(): Promise<MoveProgress> {
    return MoveProgress.read(this.journal, this.pools);
  }

  /** The plan with its decisions, both proved. */
  async work(): Promise<ResolvedPlan> {
    return ResolvedPlan.of(() => readPlan(this.plan, this.pools), await this.readDecisions(), this.decisions);
  }
}
