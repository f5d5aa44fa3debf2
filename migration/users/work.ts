import { canonicalUsername } from "../../lambda/identity/canonical";
import type { Mapped } from "../mapping";
import { MigrationError } from "../migration-error";
import type { Carried } from "./carry";
import type { Decided } from "./decisions";
import type { Conflict, PlanLine } from "./plan";
import { type Outcome, resolve } from "./resolve";

/** Problems that are named at once. */
const SHOWN = 20;

/** An account that is to be made. */
export interface ToMake {
  readonly sub: string;
  readonly carried: Carried;
}

/** What becomes of an account of the plan. */
export type Fate = Outcome | { readonly kind: "skipped"; readonly reason: string };

/** A plan with the decisions that it needs: what there is to do, read anew each time. */
export class Work {
  private constructor(
    private readonly plan: () => AsyncIterable<PlanLine>,
    private readonly outcomes: ReadonlyMap<string, Outcome>,
  ) {}

  /**
   * Throws a {@link MigrationError} with a sentence for everything that is wrong with the decisions: missing, unknown,
   * contradictory. `file` is what they are called in it.
   */
  static async of(
    plan: () => AsyncIterable<PlanLine>,
    decisions: ReadonlyMap<string, Decided>,
    file: string,
  ): Promise<Work> {
    const conflicts: Conflict[] = [];
    const renamed = renamedIn(decisions);
    const problems: string[] = [];
    for await (const line of plan()) {
      if (line.action === "conflict") conflicts.push(line);
      else if (line.action === "invite" || line.action === "present") {
        const username = line.action === "invite" ? line.carried.username : line.username;
        const decided = renamed.get(canonicalUsername(username));
        if (decided) problems.push(`${file}, line ${decided.line}: ${line.sub} has the username ${username} already.`);
      }
    }
    const { outcomes, problems: more } = resolve(conflicts, decisions, file);
    problems.push(...more, ...renamedTwice(conflicts, outcomes).map((problem) => `${file}: ${problem}`));
    if (problems.length > 0) {
      const rest = problems.length > SHOWN ? [`${file}: and ${problems.length - SHOWN} more.`] : [];
      throw new MigrationError([...problems.slice(0, SHOWN), ...rest].join("\n"));
    }
    return new Work(plan, outcomes);
  }

  /** Every account of the plan, and what becomes of it. */
  async *fates(): AsyncGenerator<{ readonly sub: string; readonly fate: Fate }> {
    for await (const line of this.plan()) {
      if (line.action === "conflict") {
        for (const { sub } of line.accounts) {
          const fate = this.outcomes.get(sub);
          if (fate) yield { sub, fate };
        }
      } else yield { sub: line.sub, fate: fateOf(line) };
    }
  }

  /** The accounts that are to be made. */
  async *toMake(): AsyncGenerator<ToMake> {
    for await (const { sub, fate } of this.fates()) if (fate.kind === "make") yield { sub, carried: fate.carried };
  }

  /** Whose ids become which, with what was made so far: old id → new id. */
  async *mapping(made: ReadonlyMap<string, string>): AsyncGenerator<Mapped> {
    const mapped = (oldId: string, newId = made.get(oldId)) => (newId === undefined ? [] : [{ oldId, newId }]);
    const planned = new Set<string>();
    for await (const { sub, fate } of this.fates()) {
      planned.add(sub);
      if (fate.kind === "make") yield* mapped(sub);
      else if (fate.kind === "into new") yield* mapped(sub, fate.newSub);
      else if (fate.kind === "into old") yield* mapped(sub, made.get(fate.sub));
    }
    // Made by an earlier plan, and no longer in the old pool.
    for (const [oldId, newId] of made) if (!planned.has(oldId)) yield { oldId, newId };
  }
}

function fateOf(line: Exclude<PlanLine, Conflict>): Fate {
  if (line.action === "invite") return { kind: "make", carried: line.carried };
  if (line.action === "present") return { kind: "into new", newSub: line.newSub };
  return { kind: "skipped", reason: line.reason };
}

function renamedIn(decisions: ReadonlyMap<string, Decided>): Map<string, Decided> {
  return new Map(
    [...decisions.values()].flatMap((decided) => {
      const { decision } = decided;
      return decision.kind === "keep" && decision.as !== undefined ? [[canonicalUsername(decision.as), decided]] : [];
    }),
  );
}

/** Usernames that two accounts of different groups would have. */
function renamedTwice(conflicts: readonly Conflict[], outcomes: ReadonlyMap<string, Outcome>): string[] {
  const owners = new Map<string, string>();
  return conflicts.flatMap(({ accounts }) =>
    accounts.flatMap(({ sub }) => {
      const outcome = outcomes.get(sub);
      if (outcome?.kind !== "make") return [];
      const { username } = outcome.carried;
      const owner = owners.get(canonicalUsername(username));
      owners.set(canonicalUsername(username), sub);
      // Within one group it was said already.
      if (owner === undefined || accounts.some((account) => account.sub === owner)) return [];
      return [`${sub} and ${owner} would both have the username ${username}.`];
    }),
  );
}
