import { type Journal, type JournalOf, readJournal } from "../journal";
import type { Pools } from "./plan-file";

/** A call of the new pool for one account: to make it, to put it into a group, to disable it. */
export type Step = "create" | "disable" | `join ${string}`;

/** What a move writes down: before a call, after it, and when it did not work. */
export type MoveEntry =
  | { readonly sub: string; readonly step: Step; readonly state: "begun" }
  | {
      readonly sub: string;
      readonly step: "create";
      readonly state: "done";
      readonly newSub: string;
      readonly found?: true;
    }
  | { readonly sub: string; readonly step: Exclude<Step, "create">; readonly state: "done" }
  | { readonly sub: string; readonly step: Step; readonly state: "failed"; readonly reason: string };

export type MoveJournal = Journal<MoveEntry>;

export function moveJournal({ from, to }: Pools): JournalOf {
  return { kind: "move", parameters: { from, to } };
}

/** What was done for one account. */
export interface Done {
  readonly newSub: string;
  /** It was in the new pool, and somebody uses it: it is left as it is. */
  readonly found: boolean;
  /** Steps after the account was made. */
  readonly steps: Set<Step>;
}

/** What a move has done so far. */
export class MoveProgress {
  /** By the old account's id. */
  readonly done = new Map<string, Done>();
  /** Accounts that a run began to make, and was stopped before it knew what came of it. */
  readonly begun = new Set<string>();

  add(entry: MoveEntry): void {
    if (entry.step === "create") {
      if (entry.state === "begun") this.begun.add(entry.sub);
      else this.begun.delete(entry.sub);
    }
    if (entry.state !== "done") return;
    if (entry.step === "create") {
      this.done.set(entry.sub, { newSub: entry.newSub, found: entry.found === true, steps: new Set() });
    } else this.done.get(entry.sub)?.steps.add(entry.step);
  }

  /** Old id → new id of every account that was made. */
  made(): Map<string, string> {
    return new Map([...this.done].map(([sub, { newSub }]) => [sub, newSub]));
  }

  /** What the journal says, without opening it for writing. */
  static async read(file: string, pools: Pools): Promise<MoveProgress> {
    const progress = new MoveProgress();
    for await (const entry of readJournal<MoveEntry>(file, moveJournal(pools))) progress.add(entry);
    return progress;
  }
}
