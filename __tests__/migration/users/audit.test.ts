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

it("an account on two pages counts once; accounts of a file without ids are one only where they are equal", async () => {
  const ana = account("ana", "ana@example.com");
  expect((await audited([ana, { ...ana, modified: "2024" }])).report).toMatchObject({ accounts: 1, groups: 0 });
  const rows = ["a@x.org", "b@x.org", "b@x.org"].map((email) => ({ ...account("ana", email), sub: "" }));
  expect((await audited(rows)).report).toMatchObject({ accounts: 2, groups: 1, kinds: { username: 1 } });
  const ben = account("ben", "b@x.org");
  expect((await audited([...rows, ben])).report).toMatchObject({ accounts: 3, groups: 1, grouped: 3 });
  expect((await audited([ana, { ...account("ana", "other@x.org"), sub: "id-2" }])).report).toMatchObject({ groups: 1 });
});
