import type { User } from "../../../migration/pool/user";
import { audit, type DuplicateAccounts, kindOf } from "../../../migration/users/audit";
import { account, accountsIn, withStore } from "../../support/migration-users";

async function audited(users: readonly User[]) {
  const groups: DuplicateAccounts[] = [];
  const report = await withStore(async (store) =>
    audit(await accountsIn(store, { from: users }), "from", (group) => void groups.push(group)),
  );
  return { report, groups };
}

it("groups are counted by their shared identifiers and name them", async () => {
  const { report, groups } = await audited([
    account("username", "ana@example.com"),
    account("Username", "ANA@example.com"),
    account("ben", "ben@example.com"),
    account("BEN", "other@example.com"),
    account("cleo", "cleo@example.com"),
    account("cleo2", "Cleo@example.com"),
    account("dora", "dora@example.com"),
  ]);
  expect(report).toEqual({
    accounts: 7,
    groups: 3,
    grouped: 6,
    kinds: { username: 1, email: 1, "username and email": 1 },
  });
  expect(groups.map(({ because }) => because)).toEqual([
    [
      { name: "username", canonical: "username" },
      { name: "email", canonical: "ana@example.com" },
    ],
    [{ name: "username", canonical: "ben" }],
    [{ name: "email", canonical: "cleo@example.com" }],
  ]);
  expect(groups.map(({ because }) => kindOf(because))).toEqual(["username and email", "username", "email"]);
});

it("a pool without duplicates, and an empty pool, have no groups", async () => {
  expect((await audited([account("ana", "a.b@example.com"), account("ben", "ab@example.com")])).report.groups).toBe(0);
  expect((await audited([])).report).toMatchObject({ accounts: 0, groups: 0 });
});
