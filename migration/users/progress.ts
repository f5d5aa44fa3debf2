import { type Journal, type JournalOf, readJournal } from "../journal";
import type { Pools } from "./plan-file";

/** A call to the new pool for one account: create it, invite it again, add it to a group, or disable it. */
export type Step = "create" | "invite" | "disable" | `join ${string}`;

/** What the journal of a move records: the start, the success or the failure of a call. */
export type MoveEntry =
  | { readonly sub: string; readonly step: Step; readonly state: "begun" }
  | {
      readonly sub: string;
      readonly step: "create";
      readonly state: "done";
      readonly newSub: string;
      readonly found?: true;
      readonly uninvited?: true;
    }
  | { readonly sub: string; readonly step: Exclude<Step, "create">; readonly state: "done" }
  | { readonly sub: string; readonly step: Step; readonly state: "failed"; readonly reason: string };

export type MoveJournal = Journal<MoveEntry>;

export function moveJournal({ from, to }: Pools): JournalOf {
  return { kind: "move", parameters: { from, to } };
}

/** The completed steps of one account. */
export interface Done {
  readonly newSub: string;
  /** The new pool had it already, and the user uses it: it is not changed. */
  readonly found: boolean;
  /** Cognito created it and could not send the invitation. The step "invite" is done when it was sent. */
  readonly uninvited: boolean;
  /** Steps after the account was created. */
  readonly steps: Set<Step>;
}

/** The progress of a move. */
export class MoveProgress {
  /** By the old account's id. */
  readonly done = new Map<string, Done>();
  /** Accounts whose creation was started by a run that stopped before it recorded the result. */
  readonly begun = new Set<string>();

  add(entry: MoveEntry): void {
    if (entry.step === "create") {
      if (entry.state === "begun") this.begun.add(entry.sub);
      else this.begun.delete(entry.sub);
    }
    if (entry.state !== "done") return;
    if (entry.step === "create") {
      const { newSub, found = false, uninvited = false } = entry;
      this.done.set(entry.sub, { newSub, found, uninvited, steps: new Set() });
    } else this.done.get(entry.sub)?.steps.add(entry.step);
  }

  /** Old id → new id of every account that was created. */
  made(): Map<string, string> {
    return new Map([...this.done].map(([sub, { newSub }]) => [sub, newSub]));
  }

  /** Old ids of the accounts that were created and never invited. */
  uninvited(): Set<string> {
    const never = [...this.done].filter(([, { uninvited, steps }]) => uninvited && !steps.has("invite"));
    return new Set(never.map(([sub]) => sub));
  }

  /** The progress in the journal, without opening it for writing. */
  static async read(file: string, pools: Pools): Promise<MoveProgress> {
    const progress = new MoveProgress();
    for await (const entry of readJournal<MoveEntry>(file, moveJournal(pools))) progress.add(entry);
    return progress;
  }
}
