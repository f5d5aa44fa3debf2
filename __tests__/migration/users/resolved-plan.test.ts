import { decisionsFile, readDecisions } from "../../../migration/users/decisions";
import type { AccountSummary, Candidate, Conflict, PlanLine } from "../../../migration/users/plan";
import { ResolvedPlan } from "../../../migration/users/resolved-plan";

const FILE = "decisions.yaml";

function summaryOf(username: string, email = "ana@example.com"): AccountSummary {
  const times = { created: "2024-01-02T00:00:00.000Z", modified: "2024-02-03T00:00:00.000Z" };
  return { sub: `id-${username}`, username, email, verified: true, status: "CONFIRMED", ...times };
}

function candidate(username: string, email = "ana@example.com", more: Partial<Candidate> = {}): Candidate {
  const carried = { username, attributes: { email }, groups: [], enabled: true };
  return { ...summaryOf(username, email), carried, ...more };
}

function conflict(accounts: readonly Candidate[], taken: readonly AccountSummary[] = []): Conflict {
  return { action: "conflict", because: "same e-mail address ana@example.com", accounts, taken };
}

const TWO = conflict([candidate("username"), candidate("Username")]);
const INVITED: PlanLine = {
  action: "invite",
  sub: "id-ben",
  carried: { username: "ben", attributes: { email: "ben@example.com" }, groups: [], enabled: true },
};

function* lines(plan: readonly PlanLine[]) {
  yield* plan;
}

/** The file, with its decisions in the order in which the accounts are in it. */
function decided(conflicts: readonly Conflict[], ...decisions: string[]): string {
  const waiting = [...decisions];
  return decisionsFile(conflicts).replaceAll(/: undecided$/gm, (undecided) => {
    const decision = waiting.shift();
    return decision === undefined ? undecided : `: ${decision}`;
  });
}

function resolved(plan: readonly PlanLine[], ...decisions: string[]) {
  const conflicts = plan.filter((line) => line.action === "conflict");
  return ResolvedPlan.of(() => lines(plan), readDecisions(decided(conflicts, ...decisions), FILE), FILE);
}

function refusalOf(work: () => unknown): Error {
  try {
    work();
  } catch (error) {
    return error as Error;
  }
  return new Error("accepted");
}

function actions(plan: readonly PlanLine[], ...decisions: string[]) {
  const found = [...resolved(plan, ...decisions).actions()];
  return Object.fromEntries(found.map(({ sub, action }) => [sub, action]));
}

it("the decisions file shows the details of each account", () => {
  expect(decided([conflict([candidate("username"), candidate("Username")], [summaryOf("ana")])], "keep")).toContain(
    `groups:
  - because: same e-mail address ana@example.com
    accounts:
      # username, ana@example.com (verified), CONFIRMED, created 2024-01-02, last modified 2024-02-03
      id-username: keep
      # Username, ana@example.com (verified), CONFIRMED, created 2024-01-02, last modified 2024-02-03
      id-Username: undecided
    in the new pool:
      # ana, ana@example.com (verified), CONFIRMED, created 2024-01-02, last modified 2024-02-03
      id-ana: exists already
`,
  );
});

it("the decisions file shows the groups of an account, which are not merged", () => {
  const carried = { ...candidate("Username").carried, groups: ["admins", "staff"] };
  expect(decisionsFile([conflict([candidate("username"), candidate("Username", undefined, { carried })])])).toMatch(
    /# Username, .*, last modified 2024-02-03; in the groups admins, staff\n/,
  );
});

it("existing decisions are kept when the file is written again", () => {
  const decisions = ["keep as ana", "merge into id-username", "leave out"];
  const three = [conflict([candidate("username"), candidate("Username"), candidate("third")])];
  const text = decided(three, ...decisions);
  expect(decisionsFile(three, readDecisions(text, FILE))).toBe(text);
});

it("every account has an action", () => {
  const plan: PlanLine[] = [
    conflict(
      [candidate("username"), candidate("Username"), candidate("third"), candidate("fourth")],
      [summaryOf("ana", "x@x.org")],
    ),
    INVITED,
    { action: "present", sub: "id-cleo", username: "cleo", newSub: "new-cleo" },
    { action: "skip", sub: "id-dora", username: "dora", reason: "is archived" },
  ];
  expect(actions(plan, "keep as new-name", "merge into username", "leave-out", "merge into id-ana")).toEqual({
    "id-username": { kind: "make", carried: { ...candidate("username").carried, username: "new-name" } },
    "id-Username": { kind: "into old", sub: "id-username" },
    "id-third": { kind: "left out" },
    "id-fourth": { kind: "into new", newSub: "id-ana" },
    "id-ben": { kind: "make", carried: INVITED.carried },
    "id-cleo": { kind: "into new", newSub: "new-cleo" },
    "id-dora": { kind: "skipped", reason: "is archived" },
  });
});

it("the mapping has the ids of created, existing and merged accounts", () => {
  const present: PlanLine = { action: "present", sub: "id-cleo", username: "cleo", newSub: "new-cleo" };
  const ready = resolved([TWO, INVITED, present], "keep", "merge into id-username");
  const made = new Map([
    ["id-username", "new-username"],
    ["gone since", "new-gone"],
  ]);
  expect([...ready.mapping(made)]).toEqual([
    { oldId: "id-username", newId: "new-username" },
    { oldId: "id-Username", newId: "new-username" },
    { oldId: "id-cleo", newId: "new-cleo" },
    { oldId: "gone since", newId: "new-gone" },
  ]);
});

describe("invalid decisions are refused, each in a sentence with its line", () => {
  const external = candidate("Google_1", "ana@example.com", { hindrance: "comes from an identity provider" });
  const odd = candidate("ａna");
  it.each<[string, readonly PlanLine[], readonly string[], string]>([
    ["missing", [TWO], ["keep"], "line 16: id-Username (Username) has no decision."],
    [
      "two duplicates kept",
      [TWO],
      ["keep", "keep"],
      "id-Username and id-username cannot both be kept: they have the same username username.",
    ],
    [
      "two duplicates kept with other usernames",
      [TWO],
      ["keep as a", "keep as b"],
      "they have the same e-mail address ana@example.com",
    ],
    [
      "taken in the new pool",
      [conflict([candidate("ana")], [summaryOf("ANA", "b@x.org")])],
      ["keep"],
      "id-ana and id-ANA of the new pool cannot both be kept",
    ],
    [
      "merged into an unknown account",
      [TWO],
      ["keep", "merge into id-unknown"],
      "(Username) is merged into id-unknown, which is not in its group.",
    ],
    [
      "merged into another group",
      [TWO, conflict([candidate("x")])],
      ["keep", "merge into id-x", "keep"],
      "is merged into id-x, which is not in its group.",
    ],
    ["merged into itself", [TWO], ["keep", "merge into Username"], "cannot be merged into itself."],
    [
      "merged in a circle",
      [TWO],
      ["merge into id-Username", "merge into id-username"],
      "(username) is merged into id-Username, which is not kept.",
    ],
    ["merged into an account that is left out", [TWO], ["leave out", "merge into id-username"], "which is not kept."],
    [
      "kept although it cannot be",
      [conflict([candidate("username"), external])],
      ["leave out", "keep"],
      "(Google_1) cannot be kept: it comes from an identity provider.",
    ],
    [
      "kept with an invalid spelling",
      [conflict([odd])],
      ["keep"],
      "cannot be kept with this spelling: its username would be refused (compatibility)",
    ],
    [
      "renamed to the username of another account",
      [TWO, INVITED],
      ["keep as BEN", "leave out"],
      "line 14: id-ben already has the username ben.",
    ],
    [
      "two groups, one new name",
      [TWO, conflict([candidate("x", "x@x.org")])],
      ["keep as y", "leave out", "keep as Y"],
      "id-x and id-username would both have the username Y.",
    ],
  ])("%s", (_, plan, decisions, sentence) => {
    const error = refusalOf(() => resolved(plan, ...decisions));
    expect(error.message).toContain(sentence);
    expect(error.name).toBe("MigrationError");
    for (const line of error.message.split("\n")) expect(line).toMatch(/^decisions\.yaml/);
  });

  it("the first 20 are printed if there are many", () => {
    const many = Array.from({ length: 30 }, (_, number) => conflict([candidate(`user${number}`, `${number}@x.org`)]));
    const error = refusalOf(() => resolved(many));
    expect(error.message.split("\n")).toHaveLength(21);
    expect(error.message).toContain("decisions.yaml: and 10 more.");
  });

  it("decisions about accounts in no group are refused", () => {
    const decisions = readDecisions(decided([TWO], "keep", "leave out"), FILE);
    expect(() => ResolvedPlan.of(() => lines([INVITED]), decisions, FILE)).toThrow(
      "decisions.yaml, line 14: id-username is in no group of the plan: remove it, or plan again.",
    );
  });

  it.each([
    ["kepe", 'line 14: "kepe" is not a decision; use one of: keep, keep as <username>, merge into <id>, leave out.'],
    ["merge into", '"merge into" is not a decision'],
    ["[keep]", '"" is not a decision'],
  ])("an unknown decision is refused: %s", (decision, sentence) => {
    expect(() => readDecisions(decided([TWO], decision), FILE)).toThrow(sentence);
  });

  it("every line that is no decision is named, and needs an operator", () => {
    const error = (() => {
      try {
        return readDecisions(decided([TWO], "kepe", "kep"), FILE);
      } catch (error) {
        return error;
      }
    })();
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(/"kepe"[^\n]*\n.*"kep"/) });
    expect(() => readDecisions("groups:\n  - accounts:\n      ? [a, b]\n      : keep", FILE)).toThrow(
      "line 3: before the colon must be the id of an account",
    );
  });

  it("an invalid file is refused", () => {
    expect(() => readDecisions("groups: 1", FILE)).toThrow("must have a list of groups");
    expect(() => readDecisions("groups:\n  - 1", FILE)).toThrow("every group must have its accounts");
    expect(() => readDecisions("groups:\n  - accounts:\n      a: keep\n      a: keep", FILE)).toThrow(
      "decisions.yaml, line 4: Map keys must be unique",
    );
    const twice = "groups:\n  - accounts:\n      a: keep\n  - accounts:\n      a: keep";
    expect(() => readDecisions(twice, FILE)).toThrow("line 5: a occurs twice");
    expect(() => readDecisions("groups: [", FILE)).toThrow("decisions.yaml, line 1: ");
  });
});

it("an account whose username looks like an alias is kept under another username only", () => {
  const plan = [{ ...conflict([candidate("ana@example.com")]), aliases: ["email"] }];
  expect(refusalOf(() => resolved(plan, "keep")).message).toContain("its username is an e-mail address");
  expect(refusalOf(() => resolved(plan, "keep as ben@example.com")).message).toContain("is an e-mail address");
  expect(actions(plan, "keep as ana")).toMatchObject({
    "id-ana@example.com": { kind: "make", carried: { username: "ana" } },
  });
});

describe("the groups of an account that is merged", () => {
  const inGroups = (username: string, ...groups: string[]) =>
    candidate(username, undefined, { carried: { ...candidate(username).carried, groups } });
  const both = [conflict([inGroups("username", "staff"), inGroups("Username", "staff", "admins", "editors")])];

  it("are asked about where the other account is not in them", () => {
    expect(refusalOf(() => resolved(both, "keep", "merge into username")).message).toContain(
      'is in groups that username is not in (admins, editors): add "with its groups" or "without its groups".',
    );
    expect(
      actions([conflict([inGroups("username", "a"), inGroups("Username", "a")])], "keep", "merge into username"),
    ).toMatchObject({ "id-Username": { kind: "into old" } });
  });

  it.each([
    ["with", ["staff", "admins", "editors"]],
    ["without", ["staff"]],
  ])("%s its groups", (groups, expected) => {
    expect(actions(both, "keep", `merge into id-username ${groups} its groups`)).toMatchObject({
      "id-username": { kind: "make", carried: { groups: expected } },
      "id-Username": { kind: "into old", sub: "id-username" },
    });
  });

  it("cannot be given to an account of the new pool", () => {
    const plan = [conflict([inGroups("Username", "admins")], [summaryOf("username")])];
    expect(refusalOf(() => resolved(plan, "merge into id-username")).message).toContain('add "without its groups"');
    expect(refusalOf(() => resolved(plan, "merge into id-username with its groups")).message).toContain(
      "which is in the new pool already: add it to groups there.",
    );
    expect(actions(plan, "merge into id-username without its groups")).toMatchObject({
      "id-Username": { kind: "into new" },
    });
  });

  it("are kept in the file when it is written again", () => {
    const text = decided(both, "keep", "merge into id-username with its groups");
    expect(decisionsFile(both, readDecisions(text, FILE))).toBe(text);
  });
});
