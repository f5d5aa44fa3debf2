import { existsSync, renameSync } from "node:fs";
import path from "node:path";
import { readJournal } from "../former-journal";
import { textLinesOf } from "../lines";
import { MigrationError } from "../migration-error";
import { parsedJson } from "../parsed-json";
import type { Store } from "../store/store";
import type { PlanLine } from "./plan";
import { type Pools, planLineIn, writePlan } from "./plan-lines";
import { Progress, type Step } from "./progress";

/*
 * Until version 0.2 a move had two files of JSON lines: its plan, and a journal of its calls. They are read once, and get other names.
 */

const FILES = { journal: "journal.jsonl", plan: "plan.jsonl" } as const;

/** What the journal of a move recorded about a call. */
interface Entry {
  readonly sub: string;
  readonly step: Step;
  readonly state: "begun" | "done" | "failed";
  readonly reason?: string;
  /** Of "create", when it is done. */
  readonly newSub?: string;
  readonly found?: true;
  readonly uninvited?: true;
}

/** Whether a folder has files of the former format. */
export function isFormer(folder: string): boolean {
  return Object.values(FILES).some((file) => existsSync(path.join(folder, file)));
}

/**
 * Takes over the plan and the journal of a former move, unless the store has steps already. Throws a {@link MigrationError} if one of them was
 * edited, or is of other pools: then nothing is changed.
 */
export async function takeOver(store: Store, folder: string, pools: Pools): Promise<void> {
  const [journal, plan] = [path.join(folder, FILES.journal), path.join(folder, FILES.plan)];
  if (store.get("SELECT 1 FROM step") === undefined) {
    const entries: Entry[] = [];
    const of = { kind: "move", parameters: { from: pools.from, to: pools.to } };
    for await (const entry of readJournal<Entry>(journal, of)) entries.push(entry);
    if (existsSync(plan)) writePlan(store, await formerPlan(plan, pools));
    const progress = new Progress(store);
    store.transaction(() => {
      for (const { sub, step, state, reason = null, newSub, found = false, uninvited = false } of entries) {
        if (newSub !== undefined) progress.setCreated(sub, { newSub, found, uninvited });
        progress.note(sub, step, state, reason);
      }
    });
  }
  for (const file of [journal, plan]) if (existsSync(file)) renameSync(file, `${file}.imported`);
}

async function formerPlan(file: string, pools: Pools): Promise<PlanLine[]> {
  const lines: PlanLine[] = [];
  for await (const { text, number } of textLinesOf(file)) {
    const line = number > 1 ? planLineIn(text) : poolsIn(text);
    if (!line) {
      throw new MigrationError(`${file}, line ${number}: the line is not valid: delete the file, and plan again.`);
    }
    if ("action" in line) lines.push(line);
    else if (line.from !== pools.from || line.to !== pools.to) {
      throw new MigrationError(
        `${file} is a plan from ${line.from} to ${line.to}, not from ${pools.from} to ${pools.to}.`,
      );
    }
  }
  return lines;
}

function poolsIn(text: string): Partial<Pools> | undefined {
  const pools = parsedJson(text) as Pools | null | undefined;
  return typeof pools === "object" && pools !== null ? { from: pools.from, to: pools.to } : undefined;
}
