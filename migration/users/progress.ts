import type { Store } from "../store/store";

/** A call to the new pool for one account: create it, invite it again, add it to a group, or disable it. */
export type Step = "create" | "invite" | "disable" | `join ${string}`;

/** An account that the new pool has. */
export interface Made {
  readonly newSub: string;
  /** The new pool had it already, and the user uses it: it is not changed. */
  readonly found: boolean;
  /** Cognito created it and could not send the invitation. The step "invite" is done when it was sent. */
  readonly uninvited: boolean;
}

/** The progress of a move, in a store. Every change is on disk when the method returns. */
export class Progress {
  constructor(private readonly store: Store) {}

  /** Records that a call is about to be made. */
  begin(sub: string, step: Step): void {
    this.note(sub, step, "begun");
  }

  done(sub: string, step: Step): void {
    this.note(sub, step, "done");
  }

  failed(sub: string, step: Step, reason: string): void {
    this.note(sub, step, "failed", reason);
  }

  created(sub: string, made: Made): void {
    this.store.transaction(() => {
      this.setCreated(sub, made);
      this.done(sub, "create");
    });
  }

  /** The same in a transaction, without the step. */
  setCreated(sub: string, { newSub, found, uninvited }: Made): void {
    this.store.change("INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?)", sub, newSub, Number(found), Number(uninvited));
  }

  /** Whether a call was begun by a run that stopped before it recorded the result; whether it was made; or whether it failed. */
  is(state: "begun" | "done" | "failed", sub: string, step: Step): boolean {
    return (
      this.store.get("SELECT 1 FROM step WHERE sub = ? AND step = ? AND state = ?", sub, step, state) !== undefined
    );
  }

  /** The account that was created for an old id. */
  of(sub: string): Made | undefined {
    const row = this.store.get("SELECT new_sub, found, uninvited FROM made WHERE sub = ?", sub);
    return row && { newSub: String(row.new_sub), found: row.found === 1, uninvited: row.uninvited === 1 };
  }

  /** Records that a move has started, or that no account which it created has a call left. */
  setUnfinished(isUnfinished: boolean): void {
    if (isUnfinished) this.store.set("moving", new Date().toISOString());
    else this.store.unset("moving");
  }

  /** Whether an account that a move created may have calls left: a stopped run does not know which it would have made. */
  get isUnfinished(): boolean {
    return this.store.setting("moving") !== undefined;
  }

  /** Old id → new id of every account that was created. */
  made(): Map<string, string> {
    const rows = this.store.all<{ sub: string; new_sub: string }>("SELECT sub, new_sub FROM made");
    return new Map(rows.map(({ sub, new_sub }) => [sub, new_sub]));
  }

  /** Old ids of the accounts that were created and never invited. */
  uninvited(): Set<string> {
    const never = `SELECT sub FROM made WHERE uninvited = 1
      AND NOT EXISTS (SELECT 1 FROM step WHERE step.sub = made.sub AND step = 'invite' AND state = 'done')`;
    return new Set(this.store.all<{ sub: string }>(never).map(({ sub }) => sub));
  }

  note(sub: string, step: Step, state: "begun" | "done" | "failed", reason: string | null = null): void {
    const at = new Date().toISOString();
    this.store.change("INSERT OR REPLACE INTO step VALUES (?, ?, ?, ?, ?)", sub, step, state, reason, at);
  }
}
