import { canonicalEmail, canonicalUsername } from "../../lambda/identity/canonical";
import { type Carried, refusedName } from "./carry";
import type { Decided, Decision } from "./decisions";
import type { Candidate, Conflict } from "./plan";

/** The outcome of a decision about an account. */
export type Outcome =
  | { readonly kind: "make"; readonly carried: Carried }
  /** Its id is mapped to the new id of this account of the old pool. */
  | { readonly kind: "into old"; readonly sub: string }
  /** Its id is mapped to this id of the new pool. */
  | { readonly kind: "into new"; readonly newSub: string }
  | { readonly kind: "left out" };

export interface Resolved {
  /** By the account's id. */
  readonly outcomes: Map<string, Outcome>;
  /** Sentences. If there are any, the decisions are invalid. */
  readonly problems: readonly string[];
}

/** The outcome for every account in conflict, or the problems in the decisions. `file` is the name of the decisions file. */
export function resolve(
  conflicts: readonly Conflict[],
  decisions: ReadonlyMap<string, Decided>,
  file: string,
): Resolved {
  const outcomes = new Map<string, Outcome>();
  const problems: string[] = [];
  const known = new Set(conflicts.flatMap(({ accounts }) => accounts.map(({ sub }) => sub)));
  for (const [sub, { line }] of decisions) {
    if (!known.has(sub))
      problems.push(`${file}, line ${line}: ${sub} is in no group of the plan: remove it, or plan again.`);
  }
  for (const conflict of conflicts) {
    for (const candidate of conflict.accounts) {
      const decided = decisions.get(candidate.sub);
      const outcome = outcomeOf(candidate, decided?.decision ?? { kind: "undecided" }, conflict, decisions);
      if (typeof outcome !== "string") outcomes.set(candidate.sub, outcome);
      else
        problems.push(
          `${file}${decided ? `, line ${decided.line}` : ""}: ${candidate.sub} (${candidate.username}) ${outcome}`,
        );
    }
    joinGroups(conflict, decisions, outcomes);
    problems.push(...collisions(conflict, outcomes).map((problem) => `${file}: ${problem}`));
  }
  return { outcomes, problems };
}

/** The outcome, or the problem. */
function outcomeOf(
  candidate: Candidate,
  decision: Decision,
  conflict: Conflict,
  decisions: ReadonlyMap<string, Decided>,
): Outcome | string {
  if (decision.kind === "undecided") return "has no decision.";
  if (decision.kind === "leave out") return { kind: "left out" };
  if (decision.kind === "merge") return mergeOf(candidate, decision, conflict, decisions);
  if (candidate.hindrance !== undefined) return `cannot be kept: it ${candidate.hindrance}.`;
  const carried = { ...candidate.carried, username: decision.as ?? candidate.carried.username };
  const problem = refusedName(carried.username, carried.attributes.email, conflict.aliases ?? []);
  return problem === undefined ? { kind: "make", carried } : `cannot be kept with this spelling: ${problem}.`;
}

function mergeOf(
  { sub, username, carried }: Candidate,
  { into, groups }: Extract<Decision, { kind: "merge" }>,
  { accounts, taken }: Conflict,
  decisions: ReadonlyMap<string, Decided>,
): Outcome | string {
  if (into === sub || into === username) return "cannot be merged into itself.";
  const there = taken.find((account) => account.sub === into);
  const other =
    accounts.find((account) => account.sub === into) ?? accounts.find((account) => account.username === into);
  if (!there && !other) return `is merged into ${into}, which is not in its group.`;
  if (!there && other && decisions.get(other.sub)?.decision.kind !== "keep")
    return `is merged into ${into}, which is not kept.`;
  const more = carried.groups.filter((group) => there || !other?.carried.groups.includes(group));
  if (more.length > 0 && groups === undefined) {
    const choice = there ? 'add "without its groups"' : 'add "with its groups" or "without its groups"';
    return `is in groups that ${into} ${there ? "may not be" : "is not"} in (${more.join(", ")}): ${choice}.`;
  }
  if (there && groups === "with")
    return `is merged into ${into}, which is in the new pool already: add it to groups there.`;
  if (there) return { kind: "into new", newSub: there.sub };
  return { kind: "into old", sub: other?.sub ?? into };
}

/** Adds to the accounts that are kept the groups of those that are merged into them. */
function joinGroups(
  { accounts }: Conflict,
  decisions: ReadonlyMap<string, Decided>,
  outcomes: Map<string, Outcome>,
): void {
  for (const { sub, carried } of accounts) {
    const decision = decisions.get(sub)?.decision;
    const merged = outcomes.get(sub);
    if (decision?.kind !== "merge" || decision.groups !== "with" || merged?.kind !== "into old") continue;
    const kept = outcomes.get(merged.sub);
    if (kept?.kind !== "make") continue;
    const groups = [...new Set([...kept.carried.groups, ...carried.groups])];
    outcomes.set(merged.sub, { kind: "make", carried: { ...kept.carried, groups } });
  }
}

/** Accounts that are kept and would still be duplicates, of each other or of an account of the new pool. */
function collisions({ accounts, taken }: Conflict, outcomes: ReadonlyMap<string, Outcome>): string[] {
  const owners = new Map<string, string>();
  for (const { sub, username, email } of taken) {
    for (const name of namesOf(username, email)) owners.set(name, `${sub} of the new pool`);
  }
  const problems: string[] = [];
  for (const { sub } of accounts) {
    const outcome = outcomes.get(sub);
    if (outcome?.kind !== "make") continue;
    const names = namesOf(outcome.carried.username, outcome.carried.attributes.email);
    const met = names.find((name) => owners.has(name));
    if (met !== undefined) {
      problems.push(`${sub} and ${owners.get(met)} cannot both be kept: they have the same ${met}.`);
    }
    for (const name of names) owners.set(name, sub);
  }
  return problems;
}

function namesOf(username: string, email: string | undefined): string[] {
  const name = `username ${canonicalUsername(username)}`;
  return email ? [name, `e-mail address ${canonicalEmail(email)}`] : [name];
}
