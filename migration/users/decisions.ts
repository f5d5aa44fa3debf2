import {
  Document,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type Scalar,
  type YAMLMap,
} from "yaml";
import { MigrationError } from "../migration-error";
import type { AccountSummary, Candidate, Conflict } from "./plan";

/** The operator's decision about an account. */
export type Decision =
  | { readonly kind: "undecided" }
  /** It is created in the new pool, optionally with another username. */
  | { readonly kind: "keep"; readonly as?: string }
  /** It is not created. Its id is mapped to that of this account: an id or a username in its group. `groups`: whether that account joins its groups. */
  | { readonly kind: "merge"; readonly into: string; readonly groups?: "with" | "without" }
  /** It is not created, and its id is not mapped. */
  | { readonly kind: "leave out" };

/** A decision and its line in the file. */
export interface Decided {
  readonly decision: Decision;
  readonly line: number;
}

const UNDECIDED = "undecided";

const HEADER = ` Decisions about duplicate accounts, and about accounts that the new pool would refuse. Replace every "${UNDECIDED}" by one of:
   keep                 the account is invited
   keep as <username>   the account is invited with another username
   merge into <id>      the account is not invited; its old id is mapped to the account with this id. That account must be in the
                        same group and be kept, or be in the new pool already. Attributes are not merged. If the account is in groups that the other
                        one is not in, add "with its groups" or "without its groups"
   leave out            the account is not invited; its old id is not mapped
 Every account needs a decision. Running \`users plan\` again keeps the decisions.`;

/** The text of the decisions file: the groups with the existing decisions. The operator edits it. */
export function decisionsFile(
  conflicts: readonly Conflict[],
  decisions: ReadonlyMap<string, Decided> = new Map(),
): string {
  const document = new Document({ groups: [] as unknown[] });
  document.commentBefore = HEADER;
  const groups = document.get("groups");
  for (const { because, accounts, taken } of conflicts) {
    const group = document.createNode({
      because,
      accounts: mapped(accounts, (sub) => inWords(decisions.get(sub)?.decision)),
      ...(taken.length > 0 ? { "in the new pool": mapped(taken, () => "exists already") } : {}),
    }) as YAMLMap;
    for (const part of ["accounts", "in the new pool"]) addDetails(group.get(part), [...accounts, ...taken]);
    if (isSeq(groups)) groups.add(group);
  }
  return document.toString({ lineWidth: 0 });
}

/** Reads the decisions, by the account's id. Throws a {@link MigrationError} that names the lines of invalid decisions. */
export function readDecisions(text: string, file: string): Map<string, Decided> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const [error] = document.errors;
  if (error)
    throw new MigrationError(`${file}, line ${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}.`);
  const decisions = new Map<string, Decided>();
  const problems: string[] = [];
  const groups = document.get("groups");
  if (!isSeq(groups))
    throw new MigrationError(`${file}: it must have a list of groups, as in the file that \`users plan\` writes.`);
  for (const group of groups.items) {
    const accounts = isMap(group) ? group.get("accounts") : undefined;
    if (!isMap(accounts))
      throw new MigrationError(
        `${file}: every group must have its accounts, as in the file that \`users plan\` writes.`,
      );
    for (const { key, value } of accounts.items as Array<Pair<Scalar, Scalar | null>>) {
      const { line } = lines.linePos(key.range?.[0] ?? 0);
      const sub = isScalar(key) ? String(key.value) : "";
      const text = isScalar(value) ? String(value.value ?? UNDECIDED).trim() : "";
      const decision = decisionOf(text);
      if (sub === "") problems.push(`${file}, line ${line}: before the colon must be the id of an account.`);
      else if (decisions.has(sub)) problems.push(`${file}, line ${line}: ${sub} occurs twice.`);
      else if (decision) decisions.set(sub, { decision, line });
      else
        problems.push(
          `${file}, line ${line}: "${text}" is not a decision; use one of: keep, keep as <username>, merge into <id>, leave out.`,
        );
    }
  }
  if (problems.length > 0) throw new MigrationError(problems.join("\n"), 2);
  return decisions;
}

/** The decision that a text says; undefined if it says none. */
function decisionOf(text: string): Decision | undefined {
  if (text === UNDECIDED) return { kind: "undecided" };
  if (/^leave[ -]out$/.test(text)) return { kind: "leave out" };
  if (text === "keep") return { kind: "keep" };
  const as = /^keep as (.+)$/.exec(text)?.[1];
  if (as !== undefined) return { kind: "keep", as };
  const [, into, groups] = /^merge into (.+?)(?: (with|without) its groups)?$/.exec(text) ?? [];
  if (into !== undefined)
    return { kind: "merge", into, ...((groups === "with" || groups === "without") && { groups }) };
  return undefined;
}

/** As the file spells it. */
export function inWords(decision: Decision = { kind: "undecided" }): string {
  if (decision.kind === "keep") return decision.as === undefined ? "keep" : `keep as ${decision.as}`;
  if (decision.kind !== "merge") return decision.kind;
  return `merge into ${decision.into}${decision.groups ? ` ${decision.groups} its groups` : ""}`;
}

function mapped(accounts: readonly AccountSummary[], value: (sub: string) => string): Record<string, string> {
  return Object.fromEntries(accounts.map(({ sub }) => [sub, value(sub)]));
}

/** Adds a comment with the account's details above its id. */
function addDetails(map: unknown, accounts: ReadonlyArray<AccountSummary & Partial<Candidate>>): void {
  if (!isMap(map)) return;
  for (const pair of map.items as Array<Pair<Scalar>>) {
    const account = accounts.find(({ sub }) => sub === pair.key.value);
    if (!account) continue;
    const { username, email, verified, status, created, modified, hindrance, carried } = account;
    const address = email ? `${email} (${verified ? "verified" : "not verified"})` : "no e-mail address";
    const times = `created ${created.slice(0, 10)}, last modified ${modified.slice(0, 10)}`;
    const groups = carried?.groups.length ? `; in the groups ${carried.groups.join(", ")}` : "";
    const cannot = hindrance ? `; cannot be kept: it ${hindrance}` : "";
    pair.key.commentBefore = ` ${username}, ${address}, ${status}, ${times}${groups}${cannot}`;
  }
}

function firstLine(text: string): string {
  return text.split("\n")[0]?.replace(/ at line .*$/, "") ?? text;
}
