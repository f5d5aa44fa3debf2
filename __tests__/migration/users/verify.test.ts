import type { User } from "../../../migration/pool/user";
import type { PlanLine } from "../../../migration/users/plan";
import { ResolvedPlan } from "../../../migration/users/resolved-plan";
import { isMoved, verify } from "../../../migration/users/verify";
import { account, accountsIn, withStore } from "../../support/migration-users";

const old = ["ana", "ben", "cleo", "dora"].map((name) => account(name, `${name}@example.com`));
const there = ["ana", "ben", "cleo"].map((name) => account(name, `${name}@example.com`, { sub: `new-${name}` }));
const made = new Map([
  ["id-ana", "new-ana"],
  ["id-ben", "new-ben"],
]);
const invite = (name: string): PlanLine => ({
  action: "invite",
  sub: `id-${name}`,
  carried: { username: name, attributes: {}, groups: [], enabled: true },
});
const PLAN: readonly PlanLine[] = [
  invite("ana"),
  invite("ben"),
  { action: "present", sub: "id-cleo", username: "cleo", newSub: "new-cleo" },
  { action: "skip", sub: "id-dora", username: "dora", reason: "is archived" },
];

interface Given {
  readonly from?: readonly User[];
  readonly to?: readonly User[];
  readonly plan?: readonly PlanLine[];
  readonly uninvited?: ReadonlySet<string>;
}

async function verified({ from = old, to = there, plan = PLAN, uninvited = new Set() }: Given) {
  function* lines() {
    yield* plan;
  }
  const resolved = ResolvedPlan.of(lines, new Map(), "decisions.yaml");
  return withStore(async (store) => {
    const accounts = await accountsIn(store, { from, to });
    return verify({ accounts, plan: resolved, made, uninvited });
  });
}

it("a report without problems has every account arrived or not moved on purpose", async () => {
  const report = await verified({});
  expect(report).toEqual({
    accounts: 4,
    arrived: 3,
    missing: [],
    unplanned: [],
    uninvited: [],
    abandoned: [],
    notMoved: new Map([["is archived", 1]]),
    accountsThere: 3,
    duplicates: [],
  });
  expect(isMoved(report)).toBe(true);
});

it.each<[string, Parameters<typeof verified>[0], object]>([
  ["is not in the new pool", { to: there.slice(1) }, { missing: [{ sub: "id-ana", username: "ana" }] }],
  [
    "was never made",
    { plan: [...PLAN.slice(0, 3), invite("dora")] },
    { missing: [{ sub: "id-dora", username: "dora" }] },
  ],
  ["was in the new pool and is gone", { to: there.slice(0, 2) }, { missing: [{ sub: "id-cleo", username: "cleo" }] }],
  ["signed up after the plan", { from: [...old, account("eve")] }, { unplanned: [{ sub: "id-eve", username: "eve" }] }],
  [
    "was never invited",
    {
      to: [account("ana", "ana@example.com", { sub: "new-ana", status: "FORCE_CHANGE_PASSWORD" }), ...there.slice(1)],
      uninvited: new Set(["id-ana", "id-ben"]),
    },
    { uninvited: [{ sub: "id-ana", username: "ana" }], arrived: 3 },
  ],
  ["has a duplicate", { to: [...there, account("x", "Ana@example.com")] }, { duplicates: [expect.anything()] }],
])("an account that %s is found", async (_, given, expected) => {
  const report = await verified(given);
  expect(report).toMatchObject(expected);
  expect(isMoved(report)).toBe(false);
});

it("an account that the move created, and that a later decision left out, is named while the new pool has it", async () => {
  const plan: PlanLine[] = [
    { action: "skip", sub: "id-ana", username: "ana", reason: "is archived" },
    ...PLAN.slice(1),
  ];
  const report = await verified({ plan });
  expect(report.abandoned).toEqual([{ sub: "id-ana", username: "ana" }]);
  expect(isMoved(report)).toBe(false);
  expect(isMoved(await verified({ plan, to: there.slice(1) }))).toBe(true);
});
