import { canonicalUsername } from "../../lambda/identity/canonical";
import type { Mapped } from "../mapping";
import { MigrationError } from "../migration-error";
import type { Carried } from "./carry";
import type { Decided } from "./decisions";
import type { Conflict, PlanLine } from "./plan";
import { type Outcome, resolve } from "./resolve";

/** Problems in one error message. */
const SHOWN = 20;

/** An account to create. */
export interface ToMake {
  readonly sub: string;
  readonly carried: Carried;
}

/** What happens to an account of the plan. */
export type PlannedAction = Outcome | { readonly kind: "skipped"; readonly reason: string };

/** A plan with the decisions about its conflicts. The plan is read again on each use. */
export class ResolvedPlan {
  private constructor(
    private readonly plan: () => Iterable<PlanLine>,
    private readonly outcomes: ReadonlyMap<string, Outcome>,
  ) {}

  /**
   * Throws a {@link MigrationError} with a sentence for every missing, unknown or contradictory decision. `file` is the name of
   * the decisions file.
   */
  static of(plan: () => Iterable<PlanLine>, decisions: ReadonlyMap<string, Decided>, file: string): ResolvedPlan {
    const conflicts: Conflict[] = [];
    const renamed = renamedIn(decisions);
    const problems: string[] = [];
    for (const line of plan()) {
      if (line.action === "conflict") conflicts.push(line);
      else if (line.action === "invite" || line.action === "present") {
        const username = line.action === "invite" ? line.carried.username : line.username;
        const decided = renamed.get(canonicalUsername(username));
        if (decided) problems.push(`${file}, line ${decided.line}: ${line.sub} already has the username ${username}.`);
      }
    }
    const { outcomes, problems: more } = resolve(conflicts, decisions, file);
    problems.push(...more, ...renamedTwice(conflicts, outcomes).map((problem) => `${file}: ${problem}`));
    if (problems.length > 0) {
      const rest = problems.length > SHOWN ? [`${file}: and ${problems.length - SHOWN} more.`] : [];
      throw new MigrationError([...problems.slice(0, SHOWN), ...rest].join("\n"), 2);
    }
    return new ResolvedPlan(plan, outcomes);
  }

  /** Every account of the plan with its action. */
  *actions(): Generator<{ readonly sub: string; readonly action: PlannedAction }> {
    for (const line of this.plan()) {
      if (line.action === "conflict") {
        for (const { sub } of line.accounts) {
          const action = this.outcomes.get(sub);
          if (action) yield { sub, action };
        }
      } else yield { sub: line.sub, action: actionOf(line) };
    }
  }

  /** The accounts to create. */
  *toMake(): Generator<ToMake> {
    for (const { sub, action } of this.actions()) if (action.kind === "make") yield { sub, carried: action.carried };
  }

  /** The mapping of ids. `made` has the accounts that were created so far: old id → new id. */
  *mapping(made: ReadonlyMap<string, string>): Generator<Mapped> {
    const mapped = (oldId: string, newId = made.get(oldId)) => (newId === undefined ? [] : [{ oldId, newId }]);
    const planned = new Set<string>();
    for (const { sub, action } of this.actions()) {
      planned.add(sub);
      if (action.kind === "make") yield* mapped(sub);
      else if (action.kind === "into new") yield* mapped(sub, action.newSub);
      else if (action.kind === "into old") yield* mapped(sub, made.get(action.sub));
    }
    // Created by an earlier plan, and no longer in the old pool.
    for (const [oldId, newId] of made) if (!planned.has(oldId)) yield { oldId, newId };
  }
}

function actionOf(line: Exclude<PlanLine, Conflict>): PlannedAction {
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
      // Within one group `resolve` has reported it already.
      if (owner === undefined || accounts.some((account) => account.sub === owner)) return [];
      return [`${sub} and ${owner} would both have the username ${username}.`];
    }),
  );
}
