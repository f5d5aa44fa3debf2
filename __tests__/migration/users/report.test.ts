import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { User } from "../../../migration/pool/user";
import { Store } from "../../../migration/store/store";
import { Accounts } from "../../../migration/users/accounts";
import type { Decided } from "../../../migration/users/decisions";
import type { Candidate, PlanLine } from "../../../migration/users/plan";
import { planOf } from "../../../migration/users/plan-lines";
import { reportOf } from "../../../migration/users/report";

let folder: string;
let store: Store;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "report-"));
  store = Store.open(path.join(folder, "move.db"));
});
afterEach(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

const user = (sub: string, created: string): User => ({
  sub,
  username: `name of ${sub}`,
  attributes: { sub },
  status: "CONFIRMED",
  enabled: true,
  created,
  modified: created,
});
const candidate = (sub: string): Candidate => ({
  sub,
  username: sub,
  email: "",
  verified: false,
  status: "CONFIRMED",
  created: "",
  modified: "",
  carried: { username: sub, attributes: {}, groups: [], enabled: true },
});
const invite = (sub: string): PlanLine => ({ action: "invite", sub, carried: candidate(sub).carried });
const report = (plan: readonly PlanLine[], decisions: ReadonlyMap<string, Decided> = new Map()) =>
  reportOf({
    store,
    pools: { from: "eu-west-1_A", to: "eu-west-1_B" },
    plan,
    decisions,
    now: "2026-11-27T00:00:00.000Z",
  });

async function accounts(...users: readonly User[]): Promise<void> {
  async function* all() {
    yield* users;
  }
  await new Accounts(store).fill("from", all(), () => {});
}

it("counts every account of the plan once, by what happens to it", async () => {
  store.change("INSERT INTO made VALUES ('b', 'B', 0, 0), ('c', 'C', 1, 0)");
  const conflict: PlanLine = {
    action: "conflict",
    because: "same username",
    accounts: ["e", "f", "g", "h"].map(candidate),
    taken: [candidate("t")],
  };
  const { counts, groups, isDone } = report(
    [
      ...["a", "b", "c"].map(invite),
      { action: "present", sub: "d", username: "d", newSub: "D" },
      { action: "skip", sub: "i", username: "i", reason: "is archived" },
      conflict,
    ],
    new Map<string, Decided>([
      ["e", { decision: { kind: "keep", as: "eve" }, line: 1 }],
      ["f", { decision: { kind: "merge", into: "e" }, line: 2 }],
      ["g", { decision: { kind: "leave out" }, line: 3 }],
    ]),
  );
  expect(Object.fromEntries(counts.map(({ what, accounts }) => [what, accounts]))).toEqual({
    "In the old pool, eu-west-1_A": 0,
    "In the new pool, eu-west-1_B, when it was read last": 0,
    "Created by the move": 1,
    "Still to create": 2,
    "In the new pool before the move": 2,
    "Merged into another account": 1,
    "Created, and not invited: Cognito could not send it": 0,
    "Left out by decision": 1,
    "Without a decision": 1,
    "Not moved: is archived": 1,
  });
  expect(groups[0]?.accounts.map(({ decision }) => decision)).toEqual([
    "keep as eve",
    "merge into e",
    "leave out",
    "undecided",
    "in the new pool already",
  ]);
  expect(isDone).toBe(false);
});

it("lists calls that failed, with the account's name", async () => {
  await accounts(user("a", ""));
  store.change("INSERT INTO step VALUES ('a', 'join staff', 'failed', 'refused', '2026-11-27T00:00:00.000Z')");
  store.change("INSERT INTO made VALUES ('a', 'A', 0, 0)");
  expect(report([invite("a")])).toMatchObject({
    failures: [{ sub: "a", username: "name of a", step: "join staff", reason: "refused" }],
    failuresInAll: 1,
    isDone: false,
  });
});

it("is not done where a stopped run began a call, or an invitation could not be sent", () => {
  store.change("INSERT INTO made VALUES ('a', 'A', 0, 0)");
  store.change("INSERT INTO step VALUES ('a', 'disable', 'begun', NULL, '')");
  expect(report([invite("a")])).toMatchObject({ isDone: false, failures: [{ reason: "begun, and stopped" }] });
  store.change("UPDATE step SET state = 'done'");
  expect(report([invite("a")]).isDone).toBe(true);
  store.change("UPDATE made SET uninvited = 1");
  expect(report([invite("a")]).isDone).toBe(false);
});

it("a creation that failed is over where the account is not to be created any more", () => {
  store.change("INSERT INTO step VALUES ('a', 'create', 'failed', 'refused', '')");
  expect(report([invite("a")]).failuresInAll).toBe(1);
  expect(report([{ action: "skip", sub: "a", username: "a", reason: "is archived" }])).toMatchObject({
    isDone: true,
    failuresInAll: 0,
  });
});

it("an account that the move created counts once after another plan", () => {
  store.change("INSERT INTO made VALUES ('a', 'A', 0, 0)");
  const { counts } = report([{ action: "present", sub: "a", username: "a", newSub: "A" }]);
  expect(counts.map(({ accounts }) => accounts).reduce((sum, one) => sum + one)).toBe(1);
});

it("is done where every account is there and no call failed", () => {
  store.change("INSERT INTO made VALUES ('a', 'A', 0, 0)");
  expect(report([invite("a")]).isDone).toBe(true);
});

it("has a bar for every month and day between the first and the last, and leaves out what has no time", async () => {
  await accounts(
    user("a", "2023-11-30T23:59:59.999Z"),
    user("b", "2024-02-01T00:00:00.000Z"),
    user("c", "2024-02-29T00:00:00.000Z"),
    user("d", ""),
    user("e", "yesterday"),
  );
  store.change("INSERT INTO step VALUES ('a', 'create', 'done', NULL, '2026-02-28T10:00:00.000Z')");
  store.change("INSERT INTO step VALUES ('b', 'create', 'done', NULL, '2026-03-02T10:00:00.000Z')");
  store.change("INSERT INTO step VALUES ('c', 'create', 'failed', 'refused', '2026-03-09T10:00:00.000Z')");
  const { created, moved } = report([]);
  expect(created).toEqual([
    { label: "2023-11", accounts: 1 },
    { label: "2023-12", accounts: 0 },
    { label: "2024-01", accounts: 0 },
    { label: "2024-02", accounts: 2 },
  ]);
  expect(moved).toEqual([
    { label: "2026-02-28", accounts: 1 },
    { label: "2026-03-01", accounts: 0 },
    { label: "2026-03-02", accounts: 1 },
  ]);
});

it("a move whose pools were not read to their end is not done", () => {
  expect(report([])).toMatchObject({ isDone: true, isPartlyRead: false });
  store.change("INSERT INTO reading VALUES ('from', 'next page', 60)");
  expect(report([])).toMatchObject({ isDone: false, isPartlyRead: true });
});

it("a plan that was damaged is refused in one sentence", () => {
  for (const body of ['{"action":"conf', "null", '{"action":"conflict"}', '{"action":"invite","sub":"a"}']) {
    store.change("DELETE FROM plan");
    store.change("INSERT INTO plan (action, body) VALUES ('invite', ?)", body);
    expect(() => [...planOf(store)]).toThrow(/^The plan in the store is damaged in line \d+: plan again\.$/);
  }
});
